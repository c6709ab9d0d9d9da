"""A witness for one machine: it cosigns the ledgers of one deployment, and never two that differ.

It speaks C2SP tlog-witness, as independent witnesses do, and keeps the last state of every ledger that it has
cosigned.  What it checks is checked by the functions of `verify.py`, which share nothing with the system.
"""
