"""A table of items: what is new comes in, and what it fills in of others changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from touchline.domain.backlog.bringing import Brought, bring_items, items_by
from touchline.domain.backlog.items import as_item
from touchline.domain.backlog.proposing import as_text, revise_item
from touchline.domain.backlog.types import CLOSED, CustomerValueKind
from touchline.domain.backlog.words import ItemText
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.db import fetch, transactional
from touchline.domain.kernel.rows import in_list

_YET_TO_COME = -1


async def changed_by(told: Sequence[Brought], there: Mapping[str, int]) -> dict[int, ItemText]:
    """What would be written of each item that changes; what is closed stays as it is.

    ``there`` has the keys of items by reference: of all that are told of, and of those of what
    they wait for that came already.
    """
    wanted, params = in_list("id", [there[one.reference] for one in told])
    rows = await fetch(f"SELECT * FROM backlog_item WHERE {wanted}", params)
    known = {row["id"]: as_text(row) for row in rows if as_item(row).state not in CLOSED}
    changed = {}
    for one in told:
        before = known.get(there[one.reference])
        if before is not None and (after := _filled_in(before, one, there)) != before:
            changed[there[one.reference]] = after
    return changed


@transactional
async def bring_and_update(
    actor: Actor, backlog_id: int, new: Sequence[Brought], known: Sequence[Brought]
) -> int:
    """Bring in what is new and write anew what is known, all or nothing; returns how many changed.

    Of what is known only what its row fills in changes: where it stands is the Owner's to say, and
    an empty cell takes nothing away.
    """
    await bring_items(actor, backlog_id, new)
    named = [name for one in known for name in (one.reference, *(one.depends_on or ()))]
    changed = await changed_by(known, await items_by(backlog_id, named))
    for item_id, text in changed.items():
        await revise_item(actor, item_id, text)
    return len(changed)


def _filled_in(before: ItemText, told: Brought, there: Mapping[str, int]) -> ItemText:
    after = replace(before, **{name: getattr(told.text, name) for name in told.filled})
    if told.depends_on is not None:
        keys = tuple(there.get(name, _YET_TO_COME) for name in told.depends_on)
        after = replace(after, depends_on=keys)
    if after.customer_level is not None and after.customer_kind is None:
        return replace(after, customer_kind=CustomerValueKind.SATISFACTION)
    return after
