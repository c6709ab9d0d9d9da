"""Operations of the context `accounts`."""
