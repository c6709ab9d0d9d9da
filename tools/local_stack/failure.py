"""What the developer is told when the stack cannot do as asked."""


class StackError(Exception):
    """The message says what is wrong and what to do; no trace is shown."""
