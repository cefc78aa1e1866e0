"""Bringing in what was kept elsewhere: many items at once, each of them once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from touchline.domain.backlog.depending import is_circular
from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Backlog, held_backlog
from touchline.domain.backlog.logbook import Entry, note, tell_board
from touchline.domain.backlog.naming import ids_by_name
from touchline.domain.backlog.ordering import BEHIND, count_order, unordered_rank
from touchline.domain.backlog.proposing import columns_of
from touchline.domain.backlog.ranking import spread
from touchline.domain.backlog.refreshing import refresh
from touchline.domain.backlog.rights import mandate_of, require_member
from touchline.domain.backlog.types import Change, ItemState, LogKind, MandateKind
from touchline.domain.backlog.words import ItemText
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute_many, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import allocate, parse_global_id
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import in_list, insert_rows

MOST_ROWS = 5_000
_NEVER_ASKED = "[]"


@dataclass(frozen=True, slots=True)
class Brought:
    """An item as it comes: by its reference elsewhere, and whether it stood in a list there.

    ``depends_on`` names others by their references, ``None`` where nobody said on what. ``filled``
    are the names of ``text`` that were told, and not left open.
    """

    reference: str
    text: ItemText
    is_listed: bool
    depends_on: tuple[str, ...] | None = None
    filled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """A backlog as something is about to be brought in.

    ``may_list``: the caller may do as its Owner does. ``items`` are those already there, by
    reference; ``names`` has for a field what it can speak of, by its name.
    """

    backlog_id: int
    name: str
    may_list: bool
    items: dict[str, int]
    names: dict[str, dict[str, int]]


async def find_backlog(name: str) -> int:
    """The backlog of a name, in whatever case, or of a global id; refuses unknown ones."""
    row = await fetch_one("SELECT id FROM backlog WHERE name_key = ?", (name_key(name),))
    key = _key_in(name, "Backlog")
    if row is None and key is not None:
        row = await fetch_one("SELECT id FROM backlog WHERE id = ?", (key,))
    if row is None:
        raise Refused(Code.BACKLOG_NOT_FOUND, f"There is no backlog called {name}.", ("backlog",))
    return int(row["id"])


@transactional
async def known_to(
    actor: Actor, backlog_id: int, references: Sequence[str], fields: Collection[str] = ()
) -> Known:
    """What is there already, and what the caller may do; refuses programs.

    ``fields`` are those of a table, of which some hold names.
    """
    require_member(actor)
    backlog = await held_backlog(backlog_id)
    return Known(
        backlog.id,
        backlog.name,
        actor.member_id == backlog.owner_id or await mandate_of(actor, backlog) is not None,
        await items_by(backlog.id, references),
        await ids_by_name(fields),
    )


@transactional
async def bring_items(actor: Actor, backlog_id: int, brought: Sequence[Brought]) -> list[int]:
    """Bring in what is not there yet, in its order, all or nothing; returns the new items' ids.

    What stood in a list comes to the end of the ordered list if the caller may do as the Owner
    does, and else is proposed as all the rest. It did not arrive in this week, so that it enters
    the list without a step that counts as an arrival.
    """
    member = require_member(actor)
    backlog = await held_backlog(backlog_id)
    if len(brought) > MOST_ROWS:
        raise Refused(Code.TOO_MANY, f"At most {MOST_ROWS:,} items come at once.", ("file",))
    named = [one.reference for one in brought]
    named += [name for one in brought for name in one.depends_on or ()]
    there = await items_by(backlog.id, named)
    new = [one for one in brought if one.reference not in there]
    mandate = await mandate_of(actor, backlog)
    is_owner = member == backlog.owner_id
    keys = list(await allocate("backlog_item", len(new))) if new else []
    there |= {one.reference: key for one, key in zip(new, keys, strict=True)}
    _check_dependencies(new, there)
    listed = {
        key for one, key in zip(new, keys, strict=True) if one.is_listed and (is_owner or mandate)
    }
    ranks = await _ranks(backlog, [key for key in keys if key in listed])
    await _insert(backlog, member, dict(zip(keys, new, strict=True)), there, ranks)
    _log(actor, backlog, keys, listed, None if is_owner else mandate)
    if keys:
        await refresh(actor, backlog, keys)
        version = count_order(backlog) if listed else backlog.order_version
        await tell_board(backlog.id, version, Change.BROUGHT)
    return keys


def _check_dependencies(new: Sequence[Brought], there: dict[str, int]) -> None:
    edges = {one.reference: one.depends_on or () for one in new}
    for reference, waits_for in edges.items():
        if any(name not in there for name in waits_for):
            message = f"{reference} waits for something that is not there."
            raise Refused(Code.DEPENDENCY_FOREIGN, message, ("dependsOn",))
    if is_circular(edges):
        message = "Something waits for itself, by whatever way round."
        raise Refused(Code.DEPENDENCY_CYCLE, message, ("dependsOn",))


async def _insert(
    backlog: Backlog,
    member: int,
    new: dict[int, Brought],
    there: dict[str, int],
    ranks: dict[int, str],
) -> None:
    moment = now()
    rows = []
    for key, one in new.items():
        waits_for = [there[name] for name in one.depends_on or ()]
        row = {
            "id": key,
            "backlog_id": backlog.id,
            "state": ItemState.BACKLOG if key in ranks else ItemState.PROPOSED,
            "rank": ranks.get(key, unordered_rank(key)),
            "missing": _NEVER_ASKED,
            "proposed_by_id": member,
            "created_at": moment,
            "state_at": moment,
            **columns_of(one.text, one.text.asset_ids, waits_for),
            "is_dependency_known": one.depends_on is not None,
        }
        rows.append(row)
    if rows:
        await insert_rows("backlog_item", [*rows[0]], [[*row.values()] for row in rows])
        references = [(backlog.id, one.reference, key) for key, one in new.items()]
        await insert_rows("backlog_reference", ["backlog_id", "reference", "item_id"], references)


async def _ranks(backlog: Backlog, keys: Sequence[int]) -> dict[int, str]:
    """Places behind all others, short ones: the whole list is spread anew."""
    if not keys:
        return {}
    rows = await fetch(
        "SELECT id FROM backlog_item WHERE backlog_id = ? AND rank < ? ORDER BY rank",
        (backlog.id, BEHIND),
    )
    stood = [row["id"] for row in rows]
    ranks = spread(len(stood) + len(keys))
    update = "UPDATE backlog_item SET rank = ? WHERE id = ?"
    if stood:
        await execute_many(update, [(unordered_rank(one), one) for one in stood])
        await execute_many(update, list(zip(ranks, stood, strict=False)))
    return dict(zip(keys, ranks[len(stood) :], strict=True))


def _log(
    actor: Actor,
    backlog: Backlog,
    keys: Sequence[int],
    listed: set[int],
    mandate: MandateKind | None,
) -> None:
    for key in keys:
        if key in listed:
            note(
                actor,
                backlog.id,
                key,
                Entry(LogKind.STATE, None, ItemState.BACKLOG, "Brought in", mandate),
            )
        else:
            note(
                actor, backlog.id, key, Entry(LogKind.STATE, None, ItemState.PROPOSED, "Brought in")
            )


async def items_by(backlog_id: int, references: Sequence[str]) -> dict[str, int]:
    """Items of a backlog by their references elsewhere, or by their own global ids."""
    wanted, params = in_list("reference", dict.fromkeys(references))
    rows = await fetch(
        f"SELECT reference, item_id FROM backlog_reference WHERE backlog_id = ? AND {wanted}",
        (backlog_id, *params),
    )
    own = {name: key for name in references if (key := _key_in(name, "BacklogItem")) is not None}
    mine, keys = in_list("id", dict.fromkeys(own.values()))
    found = await fetch(
        f"SELECT id FROM backlog_item WHERE backlog_id = ? AND {mine}", (backlog_id, *keys)
    )
    here = {row["id"] for row in found}
    known = {name: key for name, key in own.items() if key in here}
    return known | {row["reference"]: row["item_id"] for row in rows}


def _key_in(text: str, type_name: str) -> int | None:
    try:
        return parse_global_id(text.strip(), (type_name,))[1]
    except ValueError:
        return None
