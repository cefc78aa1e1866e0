"""What a source and a write key are, apart from where they are kept."""

from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.kernel import minting
from touchline.domain.kernel.clock import Moment
from touchline.domain.sources.errors import SourceErrorCode

SECRET_PREFIX = "wk"


class SourceKind(StrEnum):
    """What sort of thing a source is."""

    WEBSITE = "website"
    APP = "app"
    SERVER = "server"
    FORM = "form"
    IMPORT = "import"


CONNECTED = frozenset({SourceKind.SERVER, SourceKind.IMPORT})
"""Kinds that are systems of the house: their keys are secret, and they speak for colleagues."""
SPOKEN_BY_CUSTOMERS = frozenset({SourceKind.FORM})
"""Kinds whose calls carry what the customer typed, not what a system believes."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source. The counts are of events since it was set up."""

    id: int
    name: str
    kind: SourceKind
    created_at: Moment
    last_seen_at: Moment | None
    accepted_count: int
    rejected_count: int


@dataclass(frozen=True, slots=True)
class WriteKeyView:
    """A write key without its secret. ``prefix`` is how the secret begins."""

    id: int
    source_id: int
    prefix: str
    created_at: Moment
    revoked_at: Moment | None


@dataclass(frozen=True, slots=True)
class IssuedWriteKey:
    """A write key of a source, with the text that is shown this once."""

    source: SourceView
    key: WriteKeyView
    secret: str


@dataclass(frozen=True, slots=True)
class Traffic:
    """What came from a source since the last note of it."""

    source_id: int
    accepted: int
    rejected: int
    seen_at: Moment


def checked_name(name: str) -> str:
    """The name without outer blanks; refused when nothing or too much is left."""
    return minting.checked_name(
        name,
        of="A source",
        blank=SourceErrorCode.NAME_BLANK,
        too_long=SourceErrorCode.NAME_TOO_LONG,
    )
