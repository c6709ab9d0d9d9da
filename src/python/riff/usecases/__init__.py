"""One file per operation: guards, then the decision, then the writes, then the significant event."""
