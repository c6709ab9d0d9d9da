"""A randomness beacon for one machine: real rounds and real signatures of a key that nobody else knows.

It speaks the part of drand's HTTP interface that relays offer, on several ports, as if each were another
relay.  A test tells a relay to be dead, late or lying with `PUT /behaviour`.
"""
