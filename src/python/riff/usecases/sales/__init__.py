"""Operations of the context `sales`."""
