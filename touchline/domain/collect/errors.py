"""Why an event, or a whole request, is not accepted."""

from dataclasses import dataclass
from enum import StrEnum

JsonPath = tuple[str | int, ...]


class CollectCode(StrEnum):
    """The machine's word for a refusal. Clients branch on it, so members are only ever added."""

    BATCH_TOO_LARGE = "BATCH_TOO_LARGE"
    BLOCKED_IDENTIFIER = "BLOCKED_IDENTIFIER"
    DUPLICATE_KEY = "DUPLICATE_KEY"
    EVENT_TOO_LARGE = "EVENT_TOO_LARGE"
    INCOMPLETE_BODY = "INCOMPLETE_BODY"
    INVALID_CHARACTER = "INVALID_CHARACTER"
    INVALID_TIMESTAMP = "INVALID_TIMESTAMP"
    MALFORMED_ENCODING = "MALFORMED_ENCODING"
    MALFORMED_JSON = "MALFORMED_JSON"
    MISSING_EVENT_NAME = "MISSING_EVENT_NAME"
    MISSING_IDENTIFIER = "MISSING_IDENTIFIER"
    MISSING_WRITE_KEY = "MISSING_WRITE_KEY"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    NOT_AN_OBJECT = "NOT_AN_OBJECT"
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE"
    TOO_DEEP = "TOO_DEEP"
    TOO_MANY_EVENTS = "TOO_MANY_EVENTS"
    UNKNOWN_CALL = "UNKNOWN_CALL"
    UNKNOWN_TYPE = "UNKNOWN_TYPE"
    UNKNOWN_WRITE_KEY = "UNKNOWN_WRITE_KEY"
    UNSUPPORTED_ENCODING = "UNSUPPORTED_ENCODING"
    WRONG_TYPE = "WRONG_TYPE"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where: ``path`` leads from the top of the judged JSON to the spot."""

    code: CollectCode
    path: JsonPath
    message: str


class Faulty(Exception):
    """Carries a ``Fault`` out of a reader."""

    def __init__(self, code: CollectCode, path: JsonPath, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(code, path, message)


class LandingUnavailable(Exception):
    """The landing could not be written, so nothing was acknowledged; the client sends again."""
