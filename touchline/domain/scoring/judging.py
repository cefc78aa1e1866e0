"""Bringing the scores of stale customers up to date."""

from collections.abc import Collection, Mapping, Sequence

from touchline.domain.conditions.influence import affected_by
from touchline.domain.scoring.advancing import advance
from touchline.domain.scoring.builds import Build, open_builds, owner_of, scheme_of
from touchline.domain.scoring.computing import compute
from touchline.domain.scoring.storing import EVENT, Stood, stood_of, store
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged

TIME, IDENTITY, ADJUSTED = "TIME", "IDENTITY", "ADJUSTED"


async def judge(judged: Judged) -> None:
    """Bring those up to date whom a change touches, in the builds that count and in those being
    made: by what is new, where that is all there is to it, else by adding them up anew.
    """
    for build, touching in await judged.once(_builds):
        told = {customer: judged.facts[customer] for customer in judged.touched(touching)}
        if not told:
            continue
        scheme, stood = scheme_of(build, judged.at), await stood_of(build, told)
        done = await advance(scheme, told, stood, _anew(build))
        await store(build, done, _among(stood, done), judged.at, EVENT)
        rest = [customer for customer in told if customer not in done]
        for cause, customers in _by_cause(build, judged, rest).items():
            sheets = await compute(scheme, customers)
            await store(build, sheets, _among(stood, customers), judged.at, cause)


def _among(stood: Mapping[int, Stood], customers: Collection[int]) -> dict[int, Stood]:
    return {customer: stood[customer] for customer in customers if customer in stood}


async def _builds() -> Sequence[tuple[Build, frozenset[str]]]:
    """The builds, and the facts that can change a score of each; newcomers get one in any case."""
    found = []
    for build in await open_builds():
        rules = (affected_by(rule.condition) for rule in build.definition.rules)
        found.append((build, _anew(build).union(*rules) | {facts.CREATED}))
    return found


def _anew(build: Build) -> frozenset[str]:
    """Facts because of which a customer is added up anew."""
    due = facts.due(owner_of(build.id))
    return frozenset({facts.EVERYTHING, due, adjusted(build.model_id)})


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
        elif told == {facts.due(owner_of(build.id))}:
            cause = TIME
        else:
            cause = EVENT
        found.setdefault(cause, []).append(customer)
    return found
