"""Operations of the context `raffles`."""
