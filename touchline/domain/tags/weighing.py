"""Keeps what stands of tags (``customer_tag``) true to what persons and rules say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch_together
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import add_later, in_list, insert_later
from touchline.domain.kernel.statements import Found, Statement
from touchline.domain.kernel.transaction import write_later
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.tags import lists
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.sayings import Place, Sayings, sayings_of, telling
from touchline.domain.tags.standing import Said, Standing, TagState, last_word, standing

_KEPT = (
    *("state", "is_on", "set_at", "expires_at", "rule_id", "rule_version"),
    *("actor_name", "touchpoint_id", "source_id"),
)
_REPLACED = ", ".join(f"{column} = excluded.{column}" for column in _KEPT)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came out: the changed places, and when a word lapses next for each customer."""

    changed: Mapping[Place, TagState | None]
    lapses: Mapping[int, Moment | None]


async def weigh(
    customer_ids: Iterable[int], at: Moment, newly: Mapping[Place, Said], told: Found | None
) -> Weighed:
    """Weigh tags of some customers anew, in the transaction of the caller.

    All of them, or those of which it was read what is ``told``, in the turn of the customers.
    """
    wanted = sorted(set(customer_ids))
    if not wanted:
        return Weighed({}, {})
    if told is None:
        await take_turns(Turn.TAGS, wanted)
        told = await fetch_together(*telling(wanted))
    found = sayings_of(told, newly)
    stands = {
        place: one
        for place in found.said.keys() | found.held.keys()
        if (one := standing(found.said.get(place, ()), found.held.get(place, ()), at)) is not None
    }
    return Weighed(await _store(found, stands), _lapses(wanted, found.said, at))


def _lapses(
    wanted: Sequence[int], said: Mapping[Place, Sequence[Said]], at: Moment
) -> dict[int, Moment | None]:
    lapses: dict[int, Moment | None] = dict.fromkeys(wanted)
    for (customer, _), words in said.items():
        last = last_word(words)
        if last is None or last.expires_at is None or not last.holds(at):
            continue
        known = lapses[customer]
        lapses[customer] = last.expires_at if known is None else min(known, last.expires_at)
    return lapses


async def _store(found: Sayings, stands: Mapping[Place, Standing]) -> dict[Place, TagState | None]:
    """Write the difference between what stood and what stands now."""
    stood = found.stood
    leaving = [place for place in stood if place not in stands]
    altered = {place: one for place, one in stands.items() if stood.get(place) != one}
    if leaving:
        condition, params = in_list("id", [found.rows[place] for place in leaving])
        write_later(Statement(f"DELETE FROM customer_tag WHERE {condition}", params))
    _put(altered)
    changed: dict[Place, TagState | None] = dict.fromkeys(leaving)
    changed |= {
        place: one.state
        for place, one in altered.items()
        if place not in stood or stood[place].state is not one.state
    }
    _count(stood, stands, changed)
    lists.enter([place for place in changed if _more(place, stood, stands) > 0])
    lists.leave([place for place in changed if _more(place, stood, stands) < 0])
    if changed:
        await emit(TAGS_CHANGED, {"changes": [[*place, state] for place, state in changed.items()]})
    return changed


def _put(stands: Mapping[Place, Standing]) -> None:
    insert_later(
        "customer_tag",
        ("customer_id", "tag_id", *_KEPT),
        [
            (
                *(*place, one.state, one.is_on, one.set_at, one.expires_at, one.rule_id),
                *(one.rule_version, one.actor_name, one.touchpoint_id, one.source_id),
            )
            for place, one in stands.items()
        ],
        on_conflict=f"ON CONFLICT (customer_id, tag_id) DO UPDATE SET {_REPLACED}",
    )


def _count(
    stood: Mapping[Place, Standing],
    stands: Mapping[Place, Standing],
    changed: Iterable[Place],
) -> None:
    """Keep the counts of customers that have a tag."""
    counts: dict[int, int] = {}
    for place in changed:
        more = _more(place, stood, stands)
        counts[place[1]] = counts.get(place[1], 0) + more
    add_later("tag", "customer_count", {tag: more for tag, more in counts.items() if more})


def _more(place: Place, stood: Mapping[Place, Standing], stands: Mapping[Place, Standing]) -> int:
    """Whether a customer has the tag from now on (1) or no more (-1)."""
    return _counts(stands.get(place)) - _counts(stood.get(place))


def _counts(one: Standing | None) -> int:
    return int(one is not None and one.is_on)
