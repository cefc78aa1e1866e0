"""Writing scoring models, trying them, bringing them into force, and adjusting scores."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import strawberry

from touchline.domain.scoring import service
from touchline.domain.scoring.adjusting import adjust_score
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.definition import Group
from touchline.domain.scoring.previewing import preview
from touchline.domain.scoring.primary import make_primary
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN, READ, WRITE
from touchline.graphql.base.scalars import Duration
from touchline.graphql.conditions.reading import read_condition
from touchline.graphql.scoring.inputs import (
    CustomerAdjustScoreInput,
    ScoringBandInput,
    ScoringGroupInput,
    ScoringModelCreateInput,
    ScoringModelUpdateInput,
    ScoringRuleInput,
)
from touchline.graphql.scoring.payloads import (
    CustomerAdjustScorePayload,
    ScoringModelCreatePayload,
    ScoringModelMakePrimaryPayload,
    ScoringModelPreviewPayload,
    ScoringModelPublishPayload,
    ScoringModelRetirePayload,
    ScoringModelUpdatePayload,
)
from touchline.graphql.scoring.previews import shown

ModelId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the model.")
]
Expected = Annotated[
    int | None,
    strawberry.argument(
        name="expectedVersion", description="The version that you saw; another one is refused."
    ),
]
Conversion = Annotated[
    str | None,
    strawberry.argument(
        name="conversion", description="The event to back-test by; by default that of the model."
    ),
]
Horizon = Annotated[
    Duration | None,
    strawberry.argument(
        name="horizon", description="How far back the back-test begins; by default 30 days."
    ),
]


@strawberry.type(description="Changes of scores.")
class ScoringMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Write a scoring model, as a draft.")
    async def scoring_model_create(
        self, info: strawberry.Info, given: Given[ScoringModelCreateInput]
    ) -> ScoringModelCreatePayload | None:
        text = ModelText(
            given.name,
            _rules(given.rules),
            _bands(given.bands),
            _groups(given.groups),
            given.half_life,
            given.window,
            given.conversion,
        )
        return ScoringModelCreatePayload(
            model_key=await service.create_model(info.context.actor, text)
        )

    @resolved(
        permission=WRITE,
        description="Write the next version of a model; scores stay those of the one in force.",
    )
    async def scoring_model_update(
        self, info: strawberry.Info, model_id: ModelId, given: Given[ScoringModelUpdateInput]
    ) -> ScoringModelUpdatePayload | None:
        model = _read(model_id)
        text = _changed(await service.text_of_model(model), given)
        expected = given.expected_version
        await service.update_model(info.context.actor, model, text, expected_version=expected)
        return ScoringModelUpdatePayload(model_key=model)

    @resolved(
        permission=READ,
        cost=100,
        description="See what publishing would do, and how well it would tell conversions.",
    )
    async def scoring_model_preview(
        self,
        info: strawberry.Info,
        model_id: ModelId,
        conversion: Conversion = None,
        horizon: Horizon = None,
    ) -> ScoringModelPreviewPayload | None:
        found = await preview(
            info.context.actor, _read(model_id), conversion=conversion, horizon=horizon
        )
        return shown(found)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Have all scores made by the model as it is written, in the background.",
    )
    async def scoring_model_publish(
        self, info: strawberry.Info, model_id: ModelId, expected_version: Expected = None
    ) -> ScoringModelPublishPayload | None:
        model = _read(model_id)
        task = await service.publish_model(
            info.context.actor, model, expected_version=expected_version
        )
        return ScoringModelPublishPayload(model_key=model, task_key=task)

    @resolved(
        permission=ADMIN,
        cost=50,
        description="Have lists filtered and sorted, and accounts scored, by this model.",
    )
    async def scoring_model_make_primary(
        self, info: strawberry.Info, model_id: ModelId
    ) -> ScoringModelMakePrimaryPayload | None:
        model = _read(model_id)
        task = await make_primary(info.context.actor, model)
        return ScoringModelMakePrimaryPayload(model_key=model, task_key=task)

    @resolved(
        permission=WRITE, cost=50, description="Put a model out of force; its scores are gone."
    )
    async def scoring_model_retire(
        self, info: strawberry.Info, model_id: ModelId
    ) -> ScoringModelRetirePayload | None:
        model = _read(model_id)
        await service.retire_model(info.context.actor, model)
        return ScoringModelRetirePayload(model_key=model)

    @resolved(
        permission=WRITE,
        description="Give a customer points by hand, or take them; one more line of the score.",
    )
    async def customer_adjust_score(
        self, info: strawberry.Info, given: Given[CustomerAdjustScoreInput]
    ) -> CustomerAdjustScorePayload | None:
        customer = await adjust_score(
            info.context.actor,
            customer_id=read_id(given.customer_id, "input.customerId", "Customer"),
            model_id=read_id(given.model_id, "input.modelId", "ScoringModel"),
            points=_micro(given.points),
            reason=given.reason,
            expires_at=given.expires_at,
        )
        return CustomerAdjustScorePayload(customer_key=customer)


def _read(model_id: strawberry.ID) -> int:
    return read_id(model_id, "id", "ScoringModel")


def _changed(text: ModelText, given: ScoringModelUpdateInput) -> ModelText:
    if given.name is not None:
        text = replace(text, name=given.name.value)
    if given.rules is not None:
        text = replace(text, rules=_rules(given.rules.value))
    if given.bands is not None:
        text = replace(text, bands=_bands(given.bands.value))
    if given.groups is not None:
        text = replace(text, groups=_groups(given.groups.value))
    if given.half_life is not None:
        text = replace(text, half_life=given.half_life.value)
    if given.window is not None:
        text = replace(text, window=given.window.value)
    if given.conversion is not None:
        text = replace(text, conversion=given.conversion.value)
    return text


def _rules(given: Sequence[ScoringRuleInput]) -> list[RuleText]:
    return [
        RuleText(
            one.name,
            _micro(one.points),
            read_condition(one.condition, ("rules", at, "condition")),
            one.dimension,
            one.once,
            None if one.cap_per_day is None else _micro(one.cap_per_day),
            one.group,
        )
        for at, one in enumerate(given)
    ]


def _bands(given: Sequence[ScoringBandInput]) -> list[Band]:
    return [Band(one.name.strip(), _micro(one.minimum)) for one in given]


def _groups(given: Sequence[ScoringGroupInput]) -> list[Group]:
    return [Group(one.name.strip(), _micro(one.cap_per_day)) for one in given]


def _micro(points: float) -> int:
    """Micro-points; what is out of all bounds stays so, and is refused as such."""
    return round(max(-1e15, min(points, 1e15)) * MICRO)
