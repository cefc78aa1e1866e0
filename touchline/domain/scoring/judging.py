"""Bringing the scores of stale customers up to date."""

from collections.abc import Collection

from touchline.domain.conditions.influence import affected_by
from touchline.domain.scoring.builds import Build, open_builds, owner_of, scheme_of
from touchline.domain.scoring.computing import compute
from touchline.domain.scoring.storing import store
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged

EVENT, TIME, IDENTITY, ADJUSTED = "EVENT", "TIME", "IDENTITY", "ADJUSTED"


async def judge(judged: Judged) -> None:
    """Add up anew whom a change touches, in the builds that count and in those being made."""
    for build in await open_builds():
        touched = judged.touched(_touching(build))
        for cause, customers in _by_cause(build, judged, touched).items():
            sheets = await compute(scheme_of(build, judged.at), customers)
            await store(build, sheets, customers, judged.at, cause)


def _touching(build: Build) -> frozenset[str]:
    """The facts that can change a score of the build; newcomers get one in any case."""
    found = frozenset().union(*(affected_by(rule.condition) for rule in build.definition.rules))
    own = owner_of(build.model_id)
    return found | {facts.CREATED, facts.due(own), adjusted(build.model_id)}


def adjusted(model_id: int) -> str:
    """The fact that a person gave or took points."""
    return f"adjusted:{model_id}"


def _by_cause(build: Build, judged: Judged, touched: Collection[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for customer in touched:
        told = judged.facts[customer]
        if facts.EVERYTHING in told:
            cause = IDENTITY
        elif adjusted(build.model_id) in told:
            cause = ADJUSTED
        elif told == {facts.due(owner_of(build.model_id))}:
            cause = TIME
        else:
            cause = EVENT
        found.setdefault(cause, []).append(customer)
    return found
