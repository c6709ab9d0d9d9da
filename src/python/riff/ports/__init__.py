"""What the business needs from the world, in its own words; adapters provide it, fakes stand in for it."""
