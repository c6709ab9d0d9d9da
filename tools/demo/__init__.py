"""A raffle from its setup to its last prize, held over HTTP on the running local stack.

It does what an evening at a stadium does, in minutes: sells online, at a sales unit and from the reserve,
voids, refunds and reprints, closes, reconciles with two persons, seals, draws an early bird and a grand draw
with a contribution from outside, verifies what was published with `tools/verify.py`, and pays a prize.
"""
