"""Keeps what stands of tags (``customer_tag``) true to what persons and rules say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.customers import queries as customers
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.standing import (
    Held,
    Said,
    Standing,
    TagState,
    Word,
    last_word,
    standing,
)

Place = tuple[int, int]
"""Customer and tag."""

_COLUMNS = (
    *("customer_id", "tag_id", "state", "is_on", "set_at", "expires_at"),
    *("rule_id", "rule_version", "actor_name", "touchpoint_id", "score_rank"),
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came out: the changed places, and when a word lapses next for each customer."""

    changed: Mapping[Place, TagState | None]
    lapses: Mapping[int, Moment | None]


async def weigh(customer_ids: Iterable[int], at: Moment) -> Weighed:
    """Weigh anew all tags of some customers, in the transaction of the caller.

    Tags follow merges: what was said of an absorbed customer counts for the one it became.
    """
    wanted = sorted(set(customer_ids))
    if not wanted:
        return Weighed({}, {})
    await take_turns(Turn.TAGS, wanted)
    members = await customers.members_of(wanted)
    owners = {member: root for root, found in members.items() for member in found}
    said, held = await _words(owners), await _holds(owners)
    stands = {
        place: one
        for place in said.keys() | held.keys()
        if (one := standing(said.get(place, ()), held.get(place, ()), at)) is not None
    }
    changed = await _store(wanted, stands)
    return Weighed(changed, _lapses(wanted, said, at))


async def _words(owners: Mapping[int, int]) -> dict[Place, list[Said]]:
    found: dict[Place, list[Said]] = {}
    if not owners:
        return found
    condition, params = in_list("customer_id", owners)
    for row in await fetch(
        "SELECT id, customer_id, tag_id, word, actor_name, said_at, expires_at"
        f" FROM tag_word WHERE {condition}",
        params,
    ):
        one = Said(
            row["id"], Word(row["word"]), row["actor_name"], row["said_at"], row["expires_at"]
        )
        found.setdefault((owners[row["customer_id"]], row["tag_id"]), []).append(one)
    return found


async def _holds(owners: Mapping[int, int]) -> dict[Place, list[Held]]:
    found: dict[Place, list[Held]] = {}
    if not owners:
        return found
    condition, params = in_list("customer_id", owners)
    for row in await fetch(
        "SELECT customer_id, tag_id, rule_id, rule_version, since, touchpoint_id"
        f" FROM tag_hold WHERE {condition}",
        params,
    ):
        one = Held(row["rule_id"], row["rule_version"], row["since"], row["touchpoint_id"])
        found.setdefault((owners[row["customer_id"]], row["tag_id"]), []).append(one)
    return found


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


async def _store(
    wanted: Sequence[int], stands: Mapping[Place, Standing]
) -> dict[Place, TagState | None]:
    """Write the difference between what stood and what stands now."""
    stood, ids = await _stood(wanted)
    leaving = [place for place in stood if place not in stands]
    altered = [place for place, one in stands.items() if stood.get(place) != one]
    gone = [ids[place] for place in (*leaving, *altered) if place in ids]
    if gone:
        condition, params = in_list("id", gone)
        await execute(f"DELETE FROM customer_tag WHERE {condition}", params)
    await _insert({place: stands[place] for place in altered})
    changed: dict[Place, TagState | None] = dict.fromkeys(leaving)
    changed |= {
        place: stands[place].state
        for place in altered
        if place not in stood or stood[place].state is not stands[place].state
    }
    await _count(stood, stands, changed)
    if changed:
        await emit(TAGS_CHANGED, {"changes": [[*place, state] for place, state in changed.items()]})
    return changed


async def _stood(wanted: Sequence[int]) -> tuple[dict[Place, Standing], dict[Place, int]]:
    condition, params = in_list("customer_id", wanted)
    rows = await fetch(
        "SELECT id, customer_id, tag_id, state, set_at, expires_at, rule_id, rule_version,"
        f" actor_name, touchpoint_id FROM customer_tag WHERE {condition}",
        params,
    )
    stood, ids = {}, {}
    for row in rows:
        place = (row["customer_id"], row["tag_id"])
        ids[place] = row["id"]
        stood[place] = Standing(
            TagState(row["state"]),
            row["set_at"],
            row["expires_at"],
            row["rule_id"],
            row["rule_version"],
            row["actor_name"],
            row["touchpoint_id"],
        )
    return stood, ids


async def _insert(stands: Mapping[Place, Standing]) -> None:
    if not stands:
        return
    ranks = await customers.ranks_of({customer for customer, _ in stands})
    await insert_rows(
        "customer_tag",
        _COLUMNS,
        [
            (
                *(*place, one.state, one.is_on, one.set_at, one.expires_at, one.rule_id),
                *(one.rule_version, one.actor_name, one.touchpoint_id, ranks[place[0]]),
            )
            for place, one in stands.items()
        ],
    )


async def _count(
    stood: Mapping[Place, Standing],
    stands: Mapping[Place, Standing],
    changed: Iterable[Place],
) -> None:
    """Keep the counts, tags in ascending order, so that no two wait for each other."""
    counts: dict[int, int] = {}
    for place in changed:
        more = _counts(stands.get(place)) - _counts(stood.get(place))
        counts[place[1]] = counts.get(place[1], 0) + more
    for tag, more in sorted(counts.items()):
        if more:
            sql = "UPDATE tag SET customer_count = customer_count + ? WHERE id = ?"
            await execute(sql, (more, tag))


def _counts(one: Standing | None) -> int:
    return int(one is not None and one.is_on)
