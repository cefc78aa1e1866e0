"""Making scores anew at once, and comparing those that stand with what a rebuild would say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.conditions.sql import Range
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list
from touchline.domain.scoring import building
from touchline.domain.scoring.builds import Build, open_builds
from touchline.domain.scoring.computing import compute
from touchline.domain.scoring.errors import ScoreErrorCode
from touchline.domain.scoring.queries import model_name
from touchline.domain.scoring.service import recompute_model
from touchline.domain.scoring.wording import name_key
from touchline.domain.staleness.queries import waiting_among

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Made:
    """The scores of a model: how many there are, and how many are not what they should be."""

    model: str
    scores: int
    differ: int


async def rebuild(actor: Actor, named: str | None = None) -> list[Made]:
    """Make the scores of all models in force anew, or of the one ``named``, to the end."""
    builds = [build for build in await open_builds() if build.counts]
    names = {build.model_id: await model_name(build.model_id) or "" for build in builds}
    chosen = [
        build
        for build in builds
        if named is None or name_key(names[build.model_id]) == name_key(named)
    ]
    if named is not None and not chosen:
        message = f"There is no model in force called {named}."
        raise Refused(ScoreErrorCode.MODEL_NOT_FOUND, message)
    found = []
    for build in chosen:
        model = build.model_id
        _, differ = await _compare(build)
        await building.recompute(await recompute_model(actor, model))
        (row,) = await fetch(
            "SELECT count(*) AS n FROM customer_score s JOIN scoring_model m"
            " ON m.build_id = s.build_id WHERE m.id = ?",
            (model,),
        )
        found.append(Made(names[model], row["n"], len(differ)))
    return found


async def differences() -> list[Made]:
    """For each model how many scores are not what a rebuild would make them.

    Customers that wait to be judged are left out.
    """
    found = []
    for build in await open_builds():
        if build.counts:
            seen, differ = await _compare(build)
            differ -= await waiting_among(differ)
            found.append(Made(await model_name(build.model_id) or "", seen, len(differ)))
    return found


async def _compare(build: Build) -> tuple[int, set[int]]:
    at, reached, seen = now(), 0, 0
    differ: set[int] = set()
    while chosen := await standing_after(reached, _AT_ONCE):
        reach, reached = Range(reached, chosen[-1]), chosen[-1]
        sheets = await compute(
            build.model_id, build.definition, build.kept, at, chosen, reach=reach
        )
        stood = await _stood(build, chosen)
        seen += len(sheets)
        differ |= {
            customer
            for customer, sheet in sheets.items()
            if stood.get(customer) != (sheet.total().fading, sheet.total().steady)
        }
    return seen, differ


async def _stood(build: Build, customers: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    condition, params = in_list("customer_id", customers)
    rows = await fetch(
        "SELECT customer_id, fading, steady FROM customer_score"
        f" WHERE build_id = ? AND {condition}",
        [build.id, *params],
    )
    return {row["customer_id"]: (row["fading"], row["steady"]) for row in rows}
