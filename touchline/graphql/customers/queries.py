"""Root fields that read customers and accounts."""

import strawberry

from touchline.domain.identity.queries import find_customer
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, found, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.customers.accounts import Account
from touchline.graphql.customers.filters import (
    AccountFilter,
    AccountOrder,
    CustomerFilter,
    CustomerOrder,
)
from touchline.graphql.customers.types import Customer


@strawberry.type(description="Reads of customers.")
class CustomerQuery:
    """Part of the query root."""

    customer: Customer | None = lookup(
        permission=READ,
        description="One customer by id; the id of a merged one finds the customer it became.",
    )
    customer_by_identifier: Customer | None = found(
        find_customer,
        {
            "kind": "What sort of identifier it is, such as `email`.",
            "value": "The identifier, however it is spelt.",
        },
        permission=READ,
        description="The customer known by an identifier; null when nobody is.",
    )
    customers: Connection[Customer] | None = connection(
        "customers",
        order=Order(("last_seen_at",), descending=True),
        order_by=CustomerOrder,
        filters=CustomerFilter,
        permission=READ,
        description="All customers, by default the last seen first.",
    )
    account: Account | None = lookup(permission=READ, description="One account by its id.")
    accounts: Connection[Account] | None = connection(
        "accounts",
        order=Order(("name",)),
        order_by=AccountOrder,
        filters=AccountFilter,
        permission=READ,
        description="All accounts, by default by name.",
    )
