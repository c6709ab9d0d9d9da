"""The processes of the local stack: PostgreSQL, local AWS, payment sandbox, and the demonstration."""
