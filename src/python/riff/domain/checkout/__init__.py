"""Online orders from opening to settled payment."""
