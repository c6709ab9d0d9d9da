"""PostgreSQL: all SQL of the system, one module per context.

Critical writes (blocks, orders, checkout, audit) and business writes (raffles, accounts) are modules apart
and run under database roles apart; what each role may do stands in db/roles.
"""

from riff.adapters.postgres.connection import Database, DatabaseSettings
from riff.adapters.postgres.transactions import PostgresTransactions

__all__ = ["Database", "DatabaseSettings", "PostgresTransactions"]
