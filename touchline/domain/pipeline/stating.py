"""What a batch of touchpoints says of people and accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from touchline.domain.collect.calls import CallType
from touchline.domain.customers import accounts
from touchline.domain.customers.accounts import AccountStatement, Membership, MembershipKind
from touchline.domain.customers.adoption import adopt
from touchline.domain.customers.freemail import company_domain
from touchline.domain.customers.provenance import Assertion, TraitLevel
from touchline.domain.customers.service import assert_traits
from touchline.domain.pipeline.preparing import Prepared


@dataclass(frozen=True, slots=True)
class Placed:
    """A prepared call with its place: touchpoint, customer, link, and its source's standing."""

    prepared: Prepared
    touchpoint_id: int
    customer_id: int
    link_id: int
    level: TraitLevel


@dataclass(slots=True)
class Statements:
    """All that a batch says, in the order it came."""

    traits: list[Assertion] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    accounts: list[AccountStatement] = field(default_factory=list)

    def customers(self) -> set[int]:
        """Whose profile has to be recomputed."""
        by_traits = {one.customer_id for one in self.traits}
        return by_traits | {one.customer_id for one in self.memberships}


def collect_statements(batch: Sequence[Placed]) -> Statements:
    """Read traits, memberships and account traits out of the calls."""
    found = Statements()
    for placed in batch:
        found.traits.extend(_traits(placed))
        found.memberships.extend(_memberships(placed))
        if placed.prepared.call.type is CallType.GROUP:
            found.accounts.extend(_account_traits(placed))
    return found


async def record(statements: Statements) -> set[int]:
    """Write the statements; returns the customers whose profile has to be recomputed."""
    await assert_traits(statements.traits)
    domains = await accounts.join(statements.memberships)
    domains |= await accounts.state(statements.accounts)
    return statements.customers() | await adopt(domains)


def _traits(placed: Placed) -> Iterator[Assertion]:
    call = placed.prepared.call
    for name, value in call.traits.items():
        yield Assertion(
            customer_id=placed.customer_id,
            link_id=placed.link_id,
            name=name,
            value=value,
            level=placed.level,
            source_id=placed.prepared.source_id,
            actor_name=None,
            touchpoint_id=placed.touchpoint_id,
            observed_at=call.occurred_at,
        )


def _memberships(placed: Placed) -> Iterator[Membership]:
    call = placed.prepared.call
    if call.type is CallType.GROUP and call.group_id:
        yield _membership(placed, MembershipKind.GROUP, call.group_id)
    for identifier in placed.prepared.extraction.identifiers:
        if identifier.kind == "email" and (domain := company_domain(identifier.value)):
            yield _membership(placed, MembershipKind.DOMAIN, domain)


def _membership(placed: Placed, kind: MembershipKind, key: str) -> Membership:
    moment = placed.prepared.call.occurred_at
    return Membership(placed.customer_id, placed.link_id, kind, key, moment)


def _account_traits(placed: Placed) -> Iterator[AccountStatement]:
    call = placed.prepared.call
    for name, value in call.group_traits.items():
        yield AccountStatement(
            key=call.group_id or "",
            name=name,
            value=value,
            source_id=placed.prepared.source_id,
            touchpoint_id=placed.touchpoint_id,
            observed_at=call.occurred_at,
        )
