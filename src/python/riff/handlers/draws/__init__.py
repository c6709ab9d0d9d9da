"""HTTP operations of the context draws."""
