"""What the language of conditions knows of scores."""

from collections.abc import Iterable

from touchline.domain.conditions.registry import LeafKind, Reference, contribute
from touchline.domain.conditions.retelling import retell_in
from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Condition, Score
from touchline.domain.scoring.decay import MICRO, faded_sql
from touchline.domain.scoring.queries import conditions_of, model_name, models_naming
from touchline.domain.staleness import facts

_FROM = (
    "FROM customer_score x JOIN scoring_build b ON b.id = x.build_id"
    " WHERE b.status = 'COUNTS' AND b.model_id = ?"
)
_FADED = faded_sql("x.fading", "CAST(? AS BIGINT)", "b.landmark", "b.half_life")
VALUE = f"(x.steady + {_FADED})"
"""The score ``x`` of a build ``b`` at an instant, given twice, in micro-points."""


def _members(leaf: Score, scope: Scope) -> Query:
    bound = scope.bound("x.customer_id")
    if leaf.band is not None:
        return Query(
            f"SELECT x.customer_id {_FROM} AND x.band_name = ?{bound}", (leaf.model, leaf.band)
        )
    said = ""
    params: list[int] = []
    for sign, points in ((">=", leaf.at_least), ("<=", leaf.at_most)):
        if points is not None:
            said += f" AND {VALUE} {sign} ?"
            params += [scope.at, scope.at, round(points * MICRO)]
    return Query(f"SELECT x.customer_id {_FROM}{said}{bound}", (leaf.model, *params))


def _wakes(leaf: Score, scope: Scope) -> Query | None:
    """When a fading score passes a bound, solved; a millisecond early at most, never late.

    Whatever else moves a score is told by a fact.
    """
    bounds = [round(leaf.at_least * MICRO)] if leaf.at_least is not None else []
    bounds += [round(leaf.at_most * MICRO) + 1] if leaf.at_most is not None else []
    if not bounds:
        return None
    rest = "(CAST(? AS BIGINT) - x.steady - CASE WHEN x.fading > 0 THEN 0 ELSE 1 END)"
    over = f"ln(CAST(x.fading AS DOUBLE PRECISION) / {rest}) / ln(2.0)"
    solved = f"b.landmark + CAST(floor(b.half_life * {over}) AS BIGINT)"
    fades = f"(x.fading > 0 AND {rest} > 0) OR (x.fading < 0 AND {rest} < 0)"
    one = (
        f"SELECT x.customer_id, CASE WHEN b.half_life IS NOT NULL AND ({fades}) THEN {solved} END"
        f" AS met {_FROM}{scope.bound('x.customer_id')}"
    )
    params = [param for micro in bounds for param in (micro, micro, micro, leaf.model)]
    rows = " UNION ALL ".join([one] * len(bounds))
    soon = scope.at + 1
    text = (
        "SELECT customer_id, CASE WHEN met > CAST(? AS BIGINT) THEN met ELSE CAST(? AS BIGINT)"
        f" END AS wake_at FROM ({rows}) solved WHERE met >= ?"
    )
    return Query(text, (soon, soon, *params, scope.at - 2))


async def _name(leaf: Score) -> str | None:
    return await model_name(leaf.model)


async def _uses(model_id: int) -> Iterable[Condition]:
    return await conditions_of(model_id)


async def _users(reference: Reference) -> Iterable[str]:
    return [f"the scoring model {name}" for name in await models_naming(reference)]


async def _retell(reference: Reference) -> None:
    await retell_in("scoring_rule", reference)


SCORE_LEAF = contribute(
    LeafKind(
        node=Score,
        word="scoring model",
        key=lambda leaf: int(leaf.model),
        members=_members,
        facts=lambda leaf: [facts.score(leaf.model)],
        name=_name,
        uses=_uses,
        users=_users,
        retell=_retell,
        wakes=_wakes,
    )
)
