"""Values, rules and decisions of the business: pure, and ignorant of storage, transport and time of day."""
