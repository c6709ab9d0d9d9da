"""One function per operation: each translates a request into one use case and its result into a reply."""
