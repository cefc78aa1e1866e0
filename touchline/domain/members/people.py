"""What a member is, apart from where it is kept."""

import re
from dataclasses import dataclass

from touchline.domain.kernel import minting
from touchline.domain.kernel.actor import Role
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.errors import Refused
from touchline.domain.members.errors import MemberErrorCode as Code

_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^\s@<>,;\"\x00-\x1f]{1,64}@[^\s@<>,;\"\x00-\x1f]+\.[^\s@<>,;.\"]+")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the team; one who has left acts no more."""

    id: int
    name: str
    email: str
    role: Role
    created_at: Moment
    left_at: Moment | None

    @property
    def is_active(self) -> bool:
        """Whether the member is still with the team."""
        return self.left_at is None


def checked_name(name: str) -> str:
    """The name without outer blanks; refused when nothing or too much is left."""
    return minting.checked_name(
        name, of="A member", blank=Code.NAME_BLANK, too_long=Code.NAME_TOO_LONG
    )


def checked_email(email: str) -> str:
    """The address without outer blanks; refused unless mail could be sent there."""
    kept = email.strip()
    if len(kept) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(kept):
        raise Refused(Code.EMAIL_INVALID, "This is no e-mail address.", ("email",))
    return kept
