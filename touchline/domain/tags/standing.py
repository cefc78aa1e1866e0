"""Whose word counts for a tag: a person's outranks every rule, and the last said the earlier ones.

Pure; the order in which words and holds arrived never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.kernel.clock import Moment


class Word(StrEnum):
    """What a person can say of a tag and a customer."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    PINNED_ON = "PINNED_ON"
    PINNED_OFF = "PINNED_OFF"


class TagState(StrEnum):
    """How a tag stands with a customer. ``PINNED_OFF`` says that it does not."""

    AUTOMATIC = "AUTOMATIC"
    SOURCE = "SOURCE"
    MANUAL = "MANUAL"
    PINNED_ON = "PINNED_ON"
    PINNED_OFF = "PINNED_OFF"


NEWEST = 2**63
"""Stands for the id of a word that is not written yet."""

_STATES = {
    Word.ADDED: TagState.MANUAL,
    Word.PINNED_ON: TagState.PINNED_ON,
    Word.PINNED_OFF: TagState.PINNED_OFF,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A person said something; it lapses at ``expires_at``, when rules decide again."""

    id: int
    word: Word
    actor_name: str
    said_at: Moment
    expires_at: Moment | None = None

    def holds(self, at: Moment) -> bool:
        """Whether it counts at an instant; at the very instant of expiry it does not."""
        return self.expires_at is None or at < self.expires_at


@dataclass(frozen=True, slots=True)
class Held:
    """A rule says the tag, or a source does."""

    since: Moment
    rule_id: int | None = None
    rule_version: int | None = None
    source_id: int | None = None
    touchpoint_id: int | None = None

    @property
    def order(self) -> tuple[int, ...]:
        """Who said it first comes first, at the same instant sources before rules."""
        return (self.since, self.rule_id or 0, self.rule_version or 0, self.source_id or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a tag stands with a customer, and why."""

    state: TagState
    set_at: Moment
    expires_at: Moment | None = None
    rule_id: int | None = None
    rule_version: int | None = None
    actor_name: str | None = None
    touchpoint_id: int | None = None
    source_id: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether the customer has the tag."""
        return self.state is not TagState.PINNED_OFF


def standing(said: Sequence[Said], held: Sequence[Held], at: Moment) -> Standing | None:
    """Weigh what persons, rules and sources say at an instant; ``None`` shows nothing."""
    last = last_word(said)
    if last is not None and last.holds(at) and last.word is not Word.REMOVED:
        return Standing(
            _STATES[last.word], last.said_at, last.expires_at, actor_name=last.actor_name
        )
    if not held:
        return None
    first = min(held, key=lambda one: one.order)
    return Standing(
        TagState.AUTOMATIC if first.source_id is None else TagState.SOURCE,
        first.since,
        rule_id=first.rule_id,
        rule_version=first.rule_version,
        touchpoint_id=first.touchpoint_id,
        source_id=first.source_id,
    )


def last_word(said: Sequence[Said]) -> Said | None:
    """What was said last; at the same instant the later record counts."""
    return max(said, key=lambda one: (one.said_at, one.id), default=None)
