"""What the language of conditions knows of stages."""

from collections.abc import Iterable

from touchline.domain.conditions.registry import LeafKind, Reference, contribute, references
from touchline.domain.conditions.retelling import retell_in
from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Condition, InStage
from touchline.domain.stages.queries import all_stages, conditions_of
from touchline.domain.staleness import facts

WORD = "stage"


def _members(leaf: InStage, scope: Scope) -> Query:
    return Query(
        "SELECT x.customer_id FROM customer_stage x"
        f" WHERE x.stage_id = ?{scope.bound('x.customer_id')}",
        (leaf.stage,),
    )


async def _name(leaf: InStage) -> str | None:
    known = {stage.id: stage.name for stage in await all_stages() if not stage.is_leaving}
    return known.get(leaf.stage)


async def _uses(_stage_id: int) -> Iterable[Condition]:
    """Whether a customer is in one stage depends on the conditions of all."""
    return conditions_of(await all_stages())


async def _users(reference: Reference) -> Iterable[str]:
    return [
        f"the stage {stage.name}"
        for stage in await all_stages()
        if any(reference in references(condition) for condition in conditions_of([stage]))
    ]


async def _retell(reference: Reference) -> None:
    await retell_in("stage", reference)
    await retell_in("stage", reference, condition="next_condition", summary="next_summary")


STAGE_LEAF = contribute(
    LeafKind(
        node=InStage,
        word=WORD,
        key=lambda leaf: int(leaf.stage),
        members=_members,
        facts=lambda _leaf: [facts.STAGE],
        name=_name,
        uses=_uses,
        users=_users,
        retell=_retell,
    )
)
