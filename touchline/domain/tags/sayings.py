"""What persons and rules say of tags, and what stood until now, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from touchline.domain.customers.queries import members_table, ranks_of
from touchline.domain.kernel.db import fetch_together
from touchline.domain.kernel.rows import in_list
from touchline.domain.kernel.statements import Statement
from touchline.domain.tags.standing import Held, Said, Standing, TagState, Word

Place = tuple[int, int]
"""Customer and tag."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """All that there is to weigh of some customers.

    ``ranks`` are by which number those of them that stand are sorted in lists; ``rows`` are the
    ids under which ``stood`` is kept.
    """

    ranks: Mapping[int, int]
    said: Mapping[Place, Sequence[Said]]
    held: Mapping[Place, Sequence[Held]]
    stood: Mapping[Place, Standing]
    rows: Mapping[Place, int]


async def sayings(customer_ids: Sequence[int], newly: Mapping[Place, Said]) -> Sayings:
    """Read what is said of customers; ``newly`` counts for what was said of the same before.

    Tags follow merges: what was said of an absorbed customer counts for the one it became.
    """
    ranks, words, holds, reports, stood = await fetch_together(
        ranks_of(customer_ids),
        _of_members("tag_word", "t.id, word, actor_name, said_at, expires_at", customer_ids),
        _of_members("tag_hold", "rule_id, rule_version, since, touchpoint_id", customer_ids),
        _of_members("tag_report", "source_id, since, touchpoint_id", customer_ids),
        _standing(customer_ids),
    )
    ranked = {row["id"]: row["score_rank"] for row in ranks}
    said: dict[Place, list[Said]] = {}
    for row in words:
        if (row["customer_id"], row["tag_id"]) not in newly:
            said.setdefault(_place(row), []).append(_said(row))
    for place, one in newly.items():
        if place[0] in ranked:
            said.setdefault(place, []).append(one)
    held: dict[Place, list[Held]] = {}
    for row in holds:
        ruled = Held(row["since"], row["rule_id"], row["rule_version"], None, row["touchpoint_id"])
        held.setdefault(_place(row), []).append(ruled)
    for row in reports:
        told = Held(row["since"], None, None, row["source_id"], row["touchpoint_id"])
        held.setdefault(_place(row), []).append(told)
    return Sayings(
        ranked,
        said,
        held,
        {_place(row): _stood(row) for row in stood},
        {_place(row): row["id"] for row in stood},
    )


def _of_members(table: str, columns: str, customer_ids: Sequence[int]) -> Statement:
    item, params = members_table(customer_ids)
    return Statement(
        f"WITH RECURSIVE {item} SELECT member.root, customer_id, tag_id, {columns}"
        f" FROM member JOIN {table} t ON t.customer_id = member.id",
        params,
    )


def _standing(customer_ids: Sequence[int]) -> Statement:
    condition, params = in_list("customer_id", customer_ids)
    return Statement(
        "SELECT id, customer_id AS root, tag_id, state, set_at, expires_at, rule_id, rule_version,"
        f" actor_name, touchpoint_id, source_id FROM customer_tag WHERE {condition}",
        params,
    )


def _place(row: Mapping[str, Any]) -> Place:
    return row["root"], row["tag_id"]


def _said(row: Mapping[str, Any]) -> Said:
    return Said(row["id"], Word(row["word"]), row["actor_name"], row["said_at"], row["expires_at"])


def _stood(row: Mapping[str, Any]) -> Standing:
    return Standing(
        TagState(row["state"]),
        row["set_at"],
        row["expires_at"],
        row["rule_id"],
        row["rule_version"],
        row["actor_name"],
        row["touchpoint_id"],
        row["source_id"],
    )
