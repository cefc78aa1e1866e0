"""What data loaders load, from the product's own models by its ORM."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from tortoise.functions import Sum

from touchline.domain.content import models as content
from touchline.domain.customers import models as people
from touchline.domain.identity import models as identity
from touchline.domain.performance import models as days
from touchline.domain.scoring import models as scoring
from touchline.domain.sources import models as places
from touchline.domain.tags import models as words
from touchline.domain.timeline import models as log
from touchline.domain.timeline.relations import TOUCHPOINT

Load = Callable[[Any], Awaitable[Any]]


def _by_id(model: Any) -> Load:
    async def load(keys: Sequence[int]) -> list[Any]:
        found = {row.id: row for row in await model.filter(id__in=keys)}
        return [found.get(key) for key in keys]

    return load


def _of(model: Any, column: str, *order: str) -> Load:
    async def load(keys: Sequence[int]) -> list[Any]:
        rows = await model.filter(**{f"{column}__in": keys}).order_by(*order)
        return _grouped(keys, rows, column)

    return load


def _grouped(keys: Sequence[Any], rows: Iterable[Any], column: str) -> list[Any]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return [found[key] for key in keys]


async def timelines(keys: Sequence[tuple[int, int]]) -> list[Any]:
    """Of several customers at once by SQL of its own, for the ORM cannot limit each."""
    people = [key for key, _ in keys]
    chosen = ", ".join(str(key) for key in people)
    rows: Any = log.Touchpoint.raw(
        f"SELECT e.* FROM unnest(array[{chosen}]) AS k, LATERAL (SELECT * FROM {TOUCHPOINT.table}"
        " WHERE customer_id = k ORDER BY occurred_at DESC, id DESC"
        f" LIMIT {keys[0][1]}) e"
    )
    return _grouped(people, await rows, "customer_id")


async def performances(keys: Sequence[tuple[int, int, int]]) -> list[dict[str, int]]:
    """Sums of a range of days, which all that are asked for have in common."""
    _, first, last = keys[0]
    of_days = days.AssetDay.filter(
        asset_id__in=[key for key, _, _ in keys], day__gte=first, day__lte=last
    )
    summed = of_days.annotate(all_reads=Sum("reads"), all_conversions=Sum("conversions"))
    rows = await summed.group_by("asset_id").values("asset_id", "all_reads", "all_conversions")
    found = {
        row["asset_id"]: {"reads": row["all_reads"], "conversions": row["all_conversions"]}
        for row in rows
    }
    return [found.get(key, {"reads": 0, "conversions": 0}) for key, _, _ in keys]


customers, accounts = _by_id(people.Customer), _by_id(people.Account)
sources, tags = _by_id(places.Source), _by_id(words.Tag)
assets, models = _by_id(content.ContentAsset), _by_id(scoring.ScoringModel)
scores = _of(scoring.CustomerScore, "customer_id", "model_id", "id")
identifiers = _of(identity.Identifier, "customer_id", "kind", "value")
traits = _of(people.Trait, "customer_id", "name")
tags_of = _of(words.CustomerTag, "customer_id", "set_at", "id")
