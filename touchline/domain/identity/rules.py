"""How strongly each kind of identifier speaks, and how many of it one customer may have."""

from collections.abc import Mapping
from dataclasses import dataclass, field

USER_ID = "user_id"
EMAIL = "email"
PHONE = "phone"
ANONYMOUS_ID = "anonymous_id"


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind of identifier is treated.

    `priority`: the higher one decides where a touchpoint goes when its identifiers disagree.
    `limit`: the most values of this kind one customer may gather by rules.
    `unique`: two different values never come together by rules, whatever the limit says. A value
    met for the first time and a whole customer are judged alike, or the answer would depend on
    which of them came first.
    """

    priority: int
    limit: int = 5
    unique: bool = False

    @property
    def most(self) -> int:
        return 1 if self.unique else self.limit


_OTHER = KindRule(priority=50)
_KINDS = {
    USER_ID: KindRule(priority=100, limit=1, unique=True),
    EMAIL: KindRule(priority=90),
    PHONE: KindRule(priority=80),
    ANONYMOUS_ID: KindRule(priority=10),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the known kinds; every other kind follows `other`."""

    kinds: Mapping[str, KindRule] = field(default_factory=lambda: _KINDS)
    other: KindRule = _OTHER

    def of(self, kind: str) -> KindRule:
        return self.kinds.get(kind, self.other)


DEFAULT_RULES = Rules()
