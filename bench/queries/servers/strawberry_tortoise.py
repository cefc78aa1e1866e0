"""Strawberry as its manual shows it: a resolver for each field, a data loader for each relation."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from tortoise import Tortoise
from tortoise.expressions import Q

from bench.queries.servers.tortoise_types import (
    Asset,
    Customer,
    Item,
    Touchpoint,
    asset_of,
    customer_of,
    item_of,
    touchpoint_of,
)
from touchline.domain.backlog import models as backlog_items
from touchline.domain.content import models as content
from touchline.domain.customers import models as customers
from touchline.domain.identity import models as identity
from touchline.domain.performance import models as performance
from touchline.domain.scoring import models as scoring
from touchline.domain.sources import models as sources
from touchline.domain.tags import models as tags
from touchline.domain.timeline import models as timeline

MODULES = (
    *(backlog_items, content, customers, identity, performance, scoring, sources, tags, timeline),
)


@strawberry.type
class Query:
    @strawberry.field
    async def customer(self, id: int) -> Customer | None:  # noqa: A002
        row = await customers.Customer.get_or_none(id=id)
        return customer_of(row) if row else None

    @strawberry.field
    async def tagged_customers(self, tag: int, least: int, first: int) -> list[Customer]:
        tagged = tags.TagRank.filter(list_id=1, tag_id=tag, rank__gte=least)
        places = tagged.order_by("-rank", "-customer_id").limit(first)
        found = await places.values_list("customer_id", flat=True)
        rows = await customers.Customer.filter(id__in=found, merged_into_id=None)
        return [customer_of(row) for row in sorted(rows, key=lambda row: found.index(row.id))]

    @strawberry.field
    async def assets(self, after_title: str, after_id: int, first: int) -> list[Asset]:
        after = Q(title_key__gt=after_title) | Q(title_key=after_title, id__gt=after_id)
        rows = content.ContentAsset.filter(after).order_by("title_key", "id")
        return [asset_of(row) for row in await rows.limit(first)]

    @strawberry.field
    async def items(self, backlog: int, first: int) -> list[Item]:
        rows = backlog_items.BacklogItem.filter(
            backlog_id=backlog, state__in=("BACKLOG", "READY")
        ).order_by("rank")
        return [item_of(row) for row in await rows.limit(first)]

    @strawberry.field
    async def touchpoints(self, before: float, before_id: int, first: int) -> list[Touchpoint]:
        at = int(before)
        place = Q(occurred_at__lte=at) & (Q(occurred_at__lt=at) | Q(id__lt=before_id))
        rows = timeline.Touchpoint.filter(place).order_by("-occurred_at", "-id")
        return [touchpoint_of(row) for row in await rows.limit(first)]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def add_tag(self, customer: int, tag: int) -> Customer:
        await tags.CustomerTag.create(
            customer_id=customer,
            tag_id=tag,
            state="MANUAL",
            is_on=True,
            set_at=0,
            actor_name="bench",
        )
        return customer_of(await customers.Customer.get(id=customer))


class _View(GraphQL[Any, None]):
    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> dict[str, Any]:
        return {"request": request, "response": response, "loaders": {}}


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    url = os.environ["DATABASE_URL"].replace("postgresql://", "asyncpg://", 1)
    modules = [module.__name__ for module in MODULES]
    await Tortoise.init(
        config={
            "connections": {"default": f"{url}?minsize=10&maxsize=10"},
            "apps": {"touchline": {"models": modules, "default_connection": "default"}},
        },
        _enable_global_fallback=True,
    )
    yield
    await Tortoise.close_connections()


app = Starlette(lifespan=_lifespan)
app.mount("/graphql", _View(strawberry.Schema(Query, Mutation), graphql_ide=None))
