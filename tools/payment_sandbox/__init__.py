"""A payment processor of one machine: charges no card, and goes wrong in every way that real ones do."""
