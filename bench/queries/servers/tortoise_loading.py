"""What data loaders load, from the product's own models by its ORM."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from touchline.domain.customers import models as people
from touchline.domain.identity import models as identity
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


customers, accounts = _by_id(people.Customer), _by_id(people.Account)
sources, tags = _by_id(places.Source), _by_id(words.Tag)
identifiers = _of(identity.Identifier, "customer_id", "kind", "value")
traits = _of(people.Trait, "customer_id", "name")
account_traits = _of(people.AccountTrait, "account_id", "name")
tags_of = _of(words.CustomerTag, "customer_id", "set_at", "id")
