"""Operations of the context `units`."""
