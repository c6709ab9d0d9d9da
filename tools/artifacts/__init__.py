"""From the zips that Pants writes to the artifacts that are deployed, and the list of them."""
