"""Operations of the context `public`."""
