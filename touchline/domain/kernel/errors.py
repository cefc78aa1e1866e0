"""Every error the domain raises on purpose.

    DomainError
    ├── Unauthenticated   nobody is signed in
    ├── Forbidden         the actor lacks a scope
    ├── NotFound          no such object
    ├── Refused           a rule says no; the caller can mend it
    ├── Conflict          the object changed meanwhile
    ├── TimedOut          a statement took too long and was stopped
    ├── SumTooLarge       what is asked for adds up to more than can be told
    └── RateLimited       come back later

Each edge (GraphQL, HTTP, job, command line) translates them in one place.
"""

from collections.abc import Sequence
from enum import StrEnum

PathStep = str | int


class CommonCode(StrEnum):
    """Codes of the errors that no capability owns."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    RATE_LIMITED = "RATE_LIMITED"
    TIMED_OUT = "TIMED_OUT"
    TOO_LARGE = "TOO_LARGE"
    SUM_TOO_LARGE = "SUM_TOO_LARGE"


class DomainError(Exception):
    """Base of all expected errors: a stable code, a sentence, and the input it speaks of."""

    def __init__(self, code: StrEnum, message: str, path: Sequence[PathStep] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = tuple(path)


class Unauthenticated(DomainError):
    """Nobody is signed in, or the key is unknown, expired or revoked."""

    def __init__(self, message: str = "A valid API key is needed.") -> None:
        super().__init__(CommonCode.UNAUTHENTICATED, message)


class Forbidden(DomainError):
    """The actor is known and lacks the permission."""

    def __init__(self, message: str) -> None:
        super().__init__(CommonCode.FORBIDDEN, message)


class NotFound(DomainError):
    """The object named by the caller does not exist."""

    def __init__(self, message: str, path: Sequence[PathStep] = ()) -> None:
        super().__init__(CommonCode.NOT_FOUND, message, path)


class Refused(DomainError):
    """A rule of the capability says no; ``code`` is of the capability's own enum."""


class Conflict(DomainError):
    """The object is no longer what the caller saw; ``current`` is what it is now."""

    def __init__(self, message: str, current: object, path: Sequence[PathStep] = ()) -> None:
        super().__init__(CommonCode.CONFLICT, message, path)
        self.current = current


class RateLimited(DomainError):
    """Too much at once; try again after ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(CommonCode.RATE_LIMITED, message)
        self.retry_after = retry_after


class AskedTooMuch(DomainError):
    """A query asks for more than one answer can tell; ``seconds`` were spent to find that out."""

    seconds: float = 0


class TimedOut(AskedTooMuch):
    """The database stopped a statement of a query after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        message = f"A statement was stopped after {seconds:g} s. Ask for less at once."
        super().__init__(CommonCode.TIMED_OUT, message)


class TooLarge(AskedTooMuch):
    """An answer is larger than anybody is given."""

    def __init__(self) -> None:
        message = "The answer is too large for one request. Ask for less at once."
        super().__init__(CommonCode.TOO_LARGE, message)


class SumTooLarge(DomainError):
    """What a query adds up is larger than 64 bits hold: some thousand of the largest amounts."""

    def __init__(self) -> None:
        message = "This adds up to more than 64 bits can tell. Ask for less, such as fewer days."
        super().__init__(CommonCode.SUM_TOO_LARGE, message)
