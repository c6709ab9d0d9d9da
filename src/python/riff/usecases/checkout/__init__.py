"""Operations of the context `checkout`."""
