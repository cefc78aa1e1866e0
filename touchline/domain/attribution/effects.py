"""The removal effects of channels, by goal: worked out from all journeys at once, now and then.

Until they are worked out anew, credits are shared by those that were found last. Each goal has a
chain of its own, for what leads to an order may not be what leads to a form.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import orjson

from touchline.domain.attribution.chain import Chain
from touchline.domain.attribution.configuration import InForce, in_force
from touchline.domain.attribution.crediting import Converted, journeys
from touchline.domain.attribution.gathering import sieve, visits_of
from touchline.domain.channels.queries import run_in_force
from touchline.domain.conversions.queries import all_goals, conversions_of
from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.customers.queries import standing_after
from touchline.domain.identity.queries import find_customer
from touchline.domain.identity.rules import ANONYMOUS_ID
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import fetch, fetch_one, in_transaction
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.links.clicks import NOBODIES
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import hold_judgement, mark_found
from touchline.domain.timeline.queries import newest_id

FIT = "fit_attribution"
"""The job that comes round by itself."""
SHARE = "share_attribution"
"""The job by which all credit is shared anew."""
_AT_ONCE = 1_000
_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Fitted:
    """The chain of a goal; ``paths`` are the journeys that it was worked out from."""

    goal_id: int
    name: str
    paths: int
    conversions: int
    channels: int
    at: Moment


async def effects_of(goal_ids: Collection[int]) -> dict[int, dict[int, float]]:
    """The removal effects of channels as they were worked out last, by goal."""
    condition, params = in_list("goal_id", sorted(goal_ids))
    rows = await fetch(f"SELECT goal_id, effects FROM attribution_fit WHERE {condition}", params)
    return {
        row["goal_id"]: {int(key): one for key, one in orjson.loads(row["effects"]).items()}
        for row in rows
    }


async def fit_if_changed() -> None:
    """Work the effects out anew where something happened since; credits follow by judgement."""
    if await _basis() != await _known_basis():
        await fit()


async def share_anew() -> None:
    """Have all credit shared anew: settings are others, or touchpoints came by other channels."""
    await fit()
    converted = f"SELECT DISTINCT c.customer_id FROM {CONVERSION.table} c"
    await in_transaction(partial(mark_found, facts.ATTRIBUTION, converted, ()))


async def fit() -> list[Fitted]:
    """Work the effects of all goals out anew, and have customers judged whose credits they change.

    It reads some customers at a time, outside of any transaction: what happens meanwhile is for
    the next time.
    """
    basis, held, goals = await _basis(), await in_force(), await all_goals()
    chains = await _count({goal.id for goal in goals}, held) if goals else {}
    fitted = []
    for goal in goals:
        write = partial(_write, goal.id, goal.name, chains[goal.id], basis)
        fitted.append(await in_transaction(write))
    return fitted


async def _count(goal_ids: Collection[int], held: InForce) -> Mapping[int, Chain]:
    """Customers behind whom many stand, such as robots, have no journey."""
    chains = {goal: Chain() for goal in goal_ids}
    chosen = await sieve(held.settings)
    nobodies = {await find_customer(ANONYMOUS_ID, one) for one in NOBODIES}
    reached = 0
    while customers := await standing_after(reached, _AT_ONCE):
        reached = customers[-1]
        seen = await visits_of([one for one in customers if one not in nobodies], chosen)
        converted: dict[tuple[int, int], list[Converted]] = {}
        for row in await conversions_of(seen):
            one = Converted(
                *(row["id"], row["goal_id"], row["touchpoint_id"], row["occurred_at"]),
                *(None, None),
            )
            converted.setdefault((row["customer_id"], row["goal_id"]), []).append(one)
        for customer, visits in seen.items():
            unwon = journeys(visits, [], held.settings, chosen.direct)
            for goal, chain in chains.items():
                won = converted.get((customer, goal))
                chain.add(journeys(visits, won, held.settings, chosen.direct) if won else unwon)
    return chains


async def _write(goal_id: int, name: str, chain: Chain, basis: str) -> Fitted:
    await hold_judgement()
    moment = now()
    effects = {
        str(channel): round(one, _DECIMALS)
        for channel, one in sorted(chain.effects().items(), key=lambda item: str(item[0]))
    }
    text = orjson.dumps(effects).decode()
    before = await fetch_one("SELECT effects FROM attribution_fit WHERE goal_id = ?", (goal_id,))
    await insert_rows(
        "attribution_fit",
        ["goal_id", "basis", "effects", "paths", "conversions", "computed_at"],
        [(goal_id, basis, text, chain.paths, chain.conversions, moment)],
        on_conflict="ON CONFLICT (goal_id) DO UPDATE SET basis = excluded.basis,"
        " effects = excluded.effects, paths = excluded.paths,"
        " conversions = excluded.conversions, computed_at = excluded.computed_at",
    )
    if before is None or str(before["effects"]) != text:
        converted = f"SELECT DISTINCT c.customer_id FROM {CONVERSION.table} c WHERE c.goal_id = ?"
        await mark_found(facts.ATTRIBUTION, converted, (goal_id,))
    return Fitted(goal_id, name, chain.paths, chain.conversions, len(effects), moment)


async def _basis() -> str:
    """What effects are worked out from, in short: when none of it changes, they do not either."""
    row = await fetch_one(
        "SELECT count(*) AS found, max(c.id) AS newest, max(c.computed_at) AS at"
        f" FROM {CONVERSION.table} c"
    )
    assert row is not None
    known = (await newest_id(), (await in_force()).version, await run_in_force(), *row)
    return " ".join(map(str, known))


async def _known_basis() -> str | None:
    """The basis of all effects; ``None`` where they are of several, or some were never made."""
    goals = await all_goals()
    rows = await fetch("SELECT goal_id, basis FROM attribution_fit")
    known = {row["goal_id"]: row["basis"] for row in rows}
    bases = {known.get(goal.id) for goal in goals}
    return bases.pop() if len(bases) == 1 else None
