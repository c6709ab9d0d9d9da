"""Operations of the context `release`: what a release does before its functions serve."""
