"""The one tree of errors of the certified core.

Categories say who can act; each subject package derives its own errors from them, next to the code that
raises them.  Every error carries `code`, a permanent, kebab-case name that callers may translate.
"""

from riff_critical.declarations import ClassVar


class CriticalError(Exception):
    """Base of everything the certified core raises on purpose."""

    code: ClassVar[str] = "critical-error"

    @property
    def reason(self) -> str:
        """What is wrong, as exactly as a permanent name tells it: the code, or a name within it."""
        return self.code


class InvalidInputError(CriticalError, ValueError):
    """An argument lies outside the documented domain; nothing was computed."""

    code = "invalid-input"


class RefusedError(CriticalError):
    """A rule refuses what was asked in the present state; nothing changed."""

    code = "refused"


class CorruptionError(CriticalError):
    """Data, entropy or code failed a check; the caller must stop, not retry."""

    code = "corruption"
