"""Money in the schema.

    total: Money | None = money("total", nullable=True, description="…")

shows the columns ``total_amount`` and ``total_currency`` of a relation (``money_columns`` declares
them). In a type of Python objects it is an ``attribute`` that ``made_money`` made.
"""

from typing import Any, Unpack

import strawberry

from touchline.domain.kernel.money import amount_text
from touchline.domain.kernel.relations import money_columns, relation
from touchline.graphql.base import facts
from touchline.graphql.base.fields import Beside, column, declare
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Decimal
from touchline.graphql.base.types import entity

_ANY = relation("money", *money_columns("", minor="minor", currency="currency"))


@entity(_ANY, permission=READ, description="An amount of money in one currency.")
class Money:
    """Kept in minor units."""

    amount: Decimal = column(description="How much, with the decimals of the currency.")
    currency: str = column(description="In which currency, by ISO 4217, such as `EUR`.")


@strawberry.input(description="An amount of money in one currency.")
class MoneyInput:
    """What mutations that take money are given."""

    amount: Decimal = strawberry.field(description="How much, such as `12.50`.")
    currency: str = strawberry.field(description="In which currency, by ISO 4217, such as `EUR`.")


def money(name: str, *, nullable: bool = False, description: str, **beside: Unpack[Beside]) -> Any:
    """The money in two columns of the row, called ``name_amount`` and ``name_currency``."""
    unless = f"{name}_amount" if nullable else ""
    fact = facts.SameRowFact(unless_null=unless, prefix=f"{name}_", **beside)
    return declare(fact, description)


def made_money(minor: int | None, currency: str | None) -> Any:
    """Money for an attribute of a Python object; ``None`` where there is none."""
    if minor is None or currency is None:
        return None
    return {"amount": amount_text(minor, currency), "currency": currency}
