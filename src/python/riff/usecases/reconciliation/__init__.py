"""Operations of the context `reconciliation`."""
