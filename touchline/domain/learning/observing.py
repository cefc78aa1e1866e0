"""What customers had done and were until the instant from which each is looked at.

Nothing that was said or happened later is read. A trait counts by what had been said of it.
"""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from touchline.domain.conditions.places import place as located
from touchline.domain.conditions.sql import Scope
from touchline.domain.conditions.tree import Scalar
from touchline.domain.customers.queries import traits_until
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import dialect, fetch
from touchline.domain.kernel.rows import values_table
from touchline.domain.learning.binning import Sign, fewest, of_campaigns, of_counts, of_values
from touchline.domain.learning.sampling import Subject
from touchline.domain.timeline.relations import TOUCHPOINT

AT_ONCE = 2_000
MOST_SIGNS = 60
_NAMED = frozenset({"TRACK", "PAGE", "SCREEN"})
_LONGEST_NAME = 80
_DEEDS = (
    f"v JOIN {TOUCHPOINT.table} t ON t.customer_id = v.customer_id"
    " AND t.occurred_at <= v.at AND t.occurred_at > v.at - CAST(? AS BIGINT)"
)
K = TypeVar("K", str, tuple[str, str])


@dataclass(slots=True)
class Observed:
    """By name, type, campaign and trait: what of it each customer (by their place) shows."""

    names: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    types: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    traits: dict[str, dict[int, Scalar]] = field(default_factory=lambda: defaultdict(dict))
    typed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    campaigns: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def signs(self, customers: int, lookback: Moment) -> list[Sign]:
        """The signs that enough customers show."""
        least = fewest(customers)
        told = [
            of_counts(self.names[name], customers, lookback, event=name)
            for name in _widest(self.names, least)
            if len(name) <= _LONGEST_NAME and _NAMED & self.typed[name]
        ]
        told += [
            of_counts(self.types[kind], customers, lookback, kind=kind)
            for kind in _widest(self.types, least)
            if kind in _NAMED and sum(kind in kinds for kinds in self.typed.values()) > 1
        ]
        told += [
            of_campaigns(kind, value, self.campaigns[kind, value], customers, lookback)
            for kind, value in _widest(self.campaigns, least)
            if len(value) <= _LONGEST_NAME
        ]
        told += [
            of_values(name, self.traits[name], customers)
            for name in _widest(self.traits, least)
            if len(name) <= _LONGEST_NAME
        ]
        return [sign for sign in told if sign is not None]


async def observe(
    subjects: Sequence[Subject], lookback: Moment, found: Observed
) -> AsyncIterator[int]:
    """Fill ``found``, some customers at a time; yields how many are done."""
    for start in range(0, len(subjects), AT_ONCE):
        some = subjects[start : start + AT_ONCE]
        await _observe_some(some, start, lookback, found)
        yield start + len(some)


async def _observe_some(
    some: Sequence[Subject], start: int, lookback: Moment, found: Observed
) -> None:
    places = {subject.customer_id: start + at for at, subject in enumerate(some)}
    rows = [(subject.customer_id, subject.at) for subject in some]
    item, params = values_table("v", [("customer_id", "bigint"), ("at", "bigint")], rows)
    deeds = f"SELECT t.customer_id, t.name, t.type, count(*) AS n FROM {_DEEDS}"
    grouped = "GROUP BY t.customer_id, t.name, t.type"
    for row in await fetch(f"WITH {item} {deeds} {grouped}", [*params, lookback]):
        whose = places[row["customer_id"]]
        found.names[row["name"]][whose] += row["n"]
        found.types[row["type"]][whose] += row["n"]
        found.typed[row["name"]].add(row["type"])
    for kind in ("source", "medium"):
        campaign = located("t.context", ("campaign", kind), Scope(0, dialect()))
        value, is_text = campaign.text(), campaign.is_text()
        came = f"SELECT DISTINCT t.customer_id, {value.text} AS value FROM {_DEEDS}"
        for row in await fetch(
            f"WITH {item} {came} WHERE {is_text.text}",
            [*params, *value.params, lookback, *is_text.params],
        ):
            found.campaigns[kind, row["value"]].add(places[row["customer_id"]])
    for customer, traits in (await traits_until(rows)).items():
        for name, value in traits.items():
            if isinstance(value, bool | str):
                found.traits[name][places[customer]] = value
            elif isinstance(value, int | float):
                found.traits[name][places[customer]] = float(value)


def _widest(shown: Mapping[K, Collection[int]], least: int) -> list[K]:
    """What most customers show, in its own order."""
    wide = [name for name, who in shown.items() if len(who) >= least]
    return sorted(sorted(wide, key=lambda name: (-len(shown[name]), name))[:MOST_SIGNS])
