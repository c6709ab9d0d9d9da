"""Operations of the audit context: the public ledger, and searching what happened."""
