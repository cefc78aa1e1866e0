"""What all issued keys have in common: a name, a secret shown once, and what is kept of it."""

from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import secret, secret_digest

SHOWN_CHARACTERS = 10
NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Minted:
    """A new secret. Only ``digest`` is kept, and ``prefix``, by which people tell keys apart."""

    secret: str
    digest: bytes
    prefix: str


def mint(prefix: str) -> Minted:
    """Make a secret such as ``tl_…``."""
    text = secret(prefix)
    return Minted(text, secret_digest(text), text[:SHOWN_CHARACTERS])


def checked_name(name: str, *, of: str, blank: StrEnum, too_long: StrEnum) -> str:
    """The name without outer blanks; refused with one of the codes when nothing or much is left.

    ``of`` says whose name it is, with its article.
    """
    kept = name.replace("\x00", "").strip()
    if not kept:
        raise Refused(blank, f"{of} needs a name.", ["name"])
    if len(kept) > NAME_LIMIT:
        raise Refused(too_long, f"{of}'s name has at most {NAME_LIMIT} characters.", ["name"])
    return kept
