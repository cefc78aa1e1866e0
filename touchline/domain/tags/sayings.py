"""What persons and rules say of tags, and what stood until now, read in one go."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from touchline.domain.customers.queries import members_table, standing_of
from touchline.domain.kernel.rows import in_list
from touchline.domain.kernel.statements import Found, Statement
from touchline.domain.tags.standing import Held, Said, Standing, TagState, Word

Place = tuple[int, int]
"""Customer and tag."""

_NOBODY = "CAST(NULL AS BIGINT)"
_TOLD_BY = {
    "tag_word": "customer_id, tag_word.id, word, actor_name, said_at, expires_at,"
    f" {_NOBODY} AS rule_id, NULL AS rule_version, {_NOBODY} AS source_id,"
    f" {_NOBODY} AS since, {_NOBODY} AS touchpoint_id",
    "tag_hold": "customer_id, NULL, NULL, NULL, NULL, NULL, rule_id, rule_version, NULL, since,"
    " touchpoint_id",
    "tag_report": "customer_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, source_id, since,"
    " touchpoint_id",
}
"""The tables that say something of a tag and a customer, and how it stands in their columns."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """All that there is to weigh of some customers.

    ``rows`` are the ids under which ``stood`` is kept.
    """

    said: Mapping[Place, Sequence[Said]]
    held: Mapping[Place, Sequence[Held]]
    stood: Mapping[Place, Standing]
    rows: Mapping[Place, int]


def telling(customer_ids: Sequence[int], tag_ids: Sequence[int] | None = None) -> list[Statement]:
    """Reads what ``sayings_of`` takes: of some tags, or of all.

    Tags follow merges: what was said of an absorbed customer counts for the one it became. Tags are
    chosen after all of the customers' are found (``MATERIALIZED``): SQLite would else go through
    the whole table for those of one.
    """
    member, members = members_table(customer_ids)
    customers, params = in_list("customer_id", customer_ids)
    tags, more = ("TRUE", []) if tag_ids is None else in_list("tag_id", tag_ids)
    said = " UNION ALL ".join(
        f"SELECT member.root, tag_id, {columns} FROM member"
        f" JOIN {table} ON {table}.customer_id = member.id"
        for table, columns in _TOLD_BY.items()
    )
    return [
        standing_of(customer_ids),
        Statement(
            f"WITH RECURSIVE {member}, told AS MATERIALIZED ({said})"
            f" SELECT * FROM told WHERE {tags}",
            [*members, *more],
        ),
        Statement(
            "SELECT id, customer_id AS root, tag_id, state, set_at, expires_at, rule_id,"
            " rule_version, actor_name, touchpoint_id, source_id FROM customer_tag"
            f" WHERE {customers} AND {tags}",
            [*params, *more],
        ),
    ]


def told_of(places: Container[Place], rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of what was read of some customers and some tags, that which is of certain places."""
    return [row for row in rows if _place(row) in places]


def sayings_of(found: Found, newly: Mapping[Place, Said]) -> Sayings:
    """What was read; ``newly`` counts for what was said of the same before."""
    present, told, stood = found
    standing = {row["id"] for row in present}
    said: dict[Place, list[Said]] = {}
    held: dict[Place, list[Held]] = {}
    for row in told:
        if row["word"] is None:
            held.setdefault(_place(row), []).append(_held(row))
        elif (row["customer_id"], row["tag_id"]) not in newly:
            said.setdefault(_place(row), []).append(_said(row))
    for place, one in newly.items():
        if place[0] in standing:
            said.setdefault(place, []).append(one)
    return Sayings(
        said,
        held,
        {_place(row): _stood(row) for row in stood},
        {_place(row): row["id"] for row in stood},
    )


def _place(row: Mapping[str, Any]) -> Place:
    return row["root"], row["tag_id"]


def _said(row: Mapping[str, Any]) -> Said:
    return Said(row["id"], Word(row["word"]), row["actor_name"], row["said_at"], row["expires_at"])


def _held(row: Mapping[str, Any]) -> Held:
    return Held(
        row["since"], row["rule_id"], row["rule_version"], row["source_id"], row["touchpoint_id"]
    )


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
