"""Orders that have numbers, and the blocks that the numbers come from."""
