"""What the language of conditions knows of stages."""

from collections.abc import Iterable

from touchline.domain.conditions.registry import LeafKind, Reference, contribute, references
from touchline.domain.conditions.retelling import retell_in
from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Condition, InStage
from touchline.domain.stages.queries import all_stages
from touchline.domain.staleness import facts

WORD = "stage"


def _members(leaf: InStage, scope: Scope) -> Query:
    return Query(
        "SELECT x.customer_id FROM customer_stage x"
        f" WHERE x.stage_id = ?{scope.bound('x.customer_id')}",
        (leaf.stage,),
    )


async def _name(leaf: InStage) -> str | None:
    return next((stage.name for stage in await all_stages() if stage.id == leaf.stage), None)


async def _uses(_stage_id: int) -> Iterable[Condition]:
    """Whether a customer is in one stage depends on the conditions of all."""
    return [stage.condition for stage in await all_stages() if stage.condition is not None]


async def _users(reference: Reference) -> Iterable[str]:
    return [
        f"the stage {stage.name}"
        for stage in await all_stages()
        if stage.condition is not None and reference in references(stage.condition)
    ]


async def _retell(reference: Reference) -> None:
    await retell_in("stage", reference)


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
