"""Whether a product kept every promise its clients hold in their ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.e2e.clients import Ledger
from tests.e2e.crowd import Event, same_people
from tests.e2e.stored import Stored

PROMISES = (
    "lost",
    "invented",
    "duplicates",
    "homeless",
    "miscounted",
    "misplaced",
    "uncounted",
    "refused",
)


@dataclass(frozen=True)
class Verdict:
    """Counts of what was found. All of ``broken`` are 0 when every promise was kept.

    ``lost`` were acknowledged and are not stored; ``invented`` are stored and were never sent;
    ``duplicates`` are stored more than once; ``homeless`` stand on no timeline of a customer;
    ``miscounted`` are timelines whose count is not that of their entries; ``misplaced`` are groups
    of messages of one person that are not alone together on one timeline; ``uncounted`` is how far
    the source's counter lies outside of what was acknowledged and what was sent.
    """

    attempted: int
    acked: int
    stored: int
    sent_events: int
    accepted: int
    customers: int
    lost: int
    invented: int
    duplicates: int
    homeless: int
    miscounted: int
    misplaced: int
    uncounted: int
    refused: int

    @property
    def broken(self) -> dict[str, int]:
        """The promises that were not kept, by name."""
        return {name: found for name in PROMISES if (found := getattr(self, name))}


def judge(events: Sequence[Event], ledger: Ledger, stored: Stored) -> Verdict:
    """Hold what is stored against what the clients know."""
    messages = [message for message, _ in stored.messages]
    known = set(messages)
    floor, ceiling = len(ledger.acked), ledger.sent_events
    return Verdict(
        attempted=len(ledger.attempted),
        acked=len(ledger.acked),
        stored=len(known),
        sent_events=ledger.sent_events,
        accepted=stored.accepted,
        customers=len(stored.timelines),
        lost=len(ledger.acked - known),
        invented=len(known - ledger.attempted),
        duplicates=len(messages) - len(known),
        homeless=sum(customer not in stored.timelines for _, customer in stored.messages),
        miscounted=sum(
            stored.entries.get(customer, 0) != count for customer, count in stored.timelines.items()
        ),
        misplaced=_misplaced([each for each in events if each["messageId"] in known], stored),
        uncounted=max(0, floor - stored.accepted, stored.accepted - ceiling) + stored.rejected,
        refused=len(ledger.refused),
    )


def _misplaced(events: Sequence[Event], stored: Stored) -> int:
    timelines: dict[str, set[str]] = {}
    for message, customer in stored.messages:
        timelines.setdefault(customer, set()).add(message)
    return len(set(same_people(events)) ^ {frozenset(each) for each in timelines.values()})
