"""FraiseQL as its manual shows it. It runs in an environment of its own, by Python 3.13."""

import os
from datetime import datetime

import fraiseql
from fraiseql.fastapi import FraiseQLConfig, create_fraiseql_app
from fraiseql.types import JSON


@fraiseql.type
class Source:
    name: str


@fraiseql.type
class Identifier:
    kind: str
    value: str


@fraiseql.type
class Trait:
    name: str
    value: JSON
    observed_at: datetime


@fraiseql.type
class Tag:
    id: int
    name: str
    category: str | None


@fraiseql.type
class CustomerTag:
    tag: Tag


@fraiseql.type
class Account:
    id: int
    name: str
    domain: str | None


@fraiseql.type
class ScoringModel:
    id: int
    name: str


@fraiseql.type
class Score:
    value: float
    model: ScoringModel


@fraiseql.type
class Asset:
    id: int
    title: str
    status: str


@fraiseql.type
class Touchpoint:
    id: int
    type: str
    name: str
    summary: str
    occurred_at: datetime
    properties: JSON
    source: Source | None
    content_asset: Asset | None


@fraiseql.type(sql_source="fraiseql.v_customer", jsonb_column="data")
class Customer:
    id: int
    display_name: str
    is_identified: bool
    first_seen_at: datetime
    last_seen_at: datetime
    created_at: datetime
    identifiers: list[Identifier]
    traits: list[Trait]
    tags: list[CustomerTag]
    scores: list[Score]
    account: Account | None
    timeline: list[Touchpoint]


@fraiseql.type(sql_source="fraiseql.v_item", jsonb_column="data")
class Item:
    id: int
    title: str
    kind: str
    state: str
    effort: int | None
    urgency: int | None
    created_at: datetime
    content_assets: list[Asset]


@fraiseql.query
async def customer(info, id: int) -> Customer | None:  # noqa: A002
    return await info.context["db"].find_one("fraiseql.v_customer", "customer", id=id)


@fraiseql.query
async def items(info, first: int) -> list[Item]:
    return await info.context["db"].find("fraiseql.v_item", "items", limit=first, order_by="rank")


app = create_fraiseql_app(
    config=FraiseQLConfig(
        database_url=os.environ["DATABASE_URL"],
        environment="production",
        auth_enabled=False,
        complexity_enabled=False,
        database_pool_size=10,
        enable_playground=False,
        rate_limit_enabled=False,
    ),
    types=[Customer, Item],
    queries=[customer, items],
    production=True,
)
