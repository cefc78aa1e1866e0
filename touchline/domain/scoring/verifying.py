"""Making scores anew at once, and comparing those that stand with what a rebuild would say."""

from contextlib import aclosing
from dataclasses import dataclass

from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.scoring import building
from touchline.domain.scoring.builds import Build, open_builds, scheme_of
from touchline.domain.scoring.computing import compute_all
from touchline.domain.scoring.errors import ScoreErrorCode
from touchline.domain.scoring.mending import AT_ONCE, differing, standing_sums
from touchline.domain.scoring.queries import model_name
from touchline.domain.scoring.service import recompute_model
from touchline.domain.staleness.queries import waiting_among
from touchline.domain.tasks import service as tasks


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
        task_id = await recompute_model(actor, model)
        await building.recompute(task_id)
        task = await tasks.find(task_id)
        (row,) = await fetch(
            "SELECT count(*) AS n FROM customer_score s JOIN scoring_model m"
            " ON m.build_id = s.build_id WHERE m.id = ?",
            (model,),
        )
        found.append(Made(names[model], row["n"], task.state["differ"] if task else 0))
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
    seen = after = 0
    differ: set[int] = set()
    async with aclosing(compute_all(scheme_of(build, now()), AT_ONCE)) as parts:
        async for up_to, sheets in parts:
            differ |= differing(sheets, await standing_sums(build, after, up_to))
            seen += len(sheets)
            after = up_to
    return seen, differ
