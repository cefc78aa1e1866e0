"""Accounts: made by group calls and by the e-mail domains of people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from touchline.domain.customers.adoption import bare_domain
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.ids import digest
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark

_LONGEST = 200

_Stated = Mapping[tuple[int, str], str]
"""The value of a trait as JSON text, by account and name."""


class MembershipKind(StrEnum):
    """How it is known that a customer belongs to an account."""

    GROUP = "GROUP"
    DOMAIN = "DOMAIN"


@dataclass(frozen=True, slots=True)
class Membership:
    """A customer belongs to the account with this group id or domain."""

    customer_id: int
    link_id: int
    kind: MembershipKind
    key: str
    observed_at: Moment

    def account_digest(self) -> bytes:
        """What the account is known by."""
        return digest(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """A group call says that a trait of an account has a value."""

    key: str
    name: str
    value: Any
    source_id: int | None
    touchpoint_id: int
    observed_at: Moment


async def join(memberships: Sequence[Membership]) -> set[str]:
    """Make the accounts that are new and record who belongs to them.

    Returns the mail domains among them, for ``adoption.adopt``.
    """
    if not memberships:
        return set()
    moment = now()
    wanted = {one.account_digest(): one for one in memberships}
    new = [
        (
            key,
            one.key if one.kind is MembershipKind.GROUP else None,
            one.key if one.kind is MembershipKind.DOMAIN else None,
            one.key,
            moment,
        )
        for key, one in wanted.items()
    ]
    columns = ["digest", "key", "domain", "name", "created_at"]
    await insert_rows("account", columns, new, on_conflict="ON CONFLICT (digest) DO NOTHING")
    ids = await _account_ids(wanted)
    spans: dict[tuple[int, int, str], tuple[int, Moment, Moment]] = {}
    for one in memberships:
        place = (one.link_id, ids[one.account_digest()], str(one.kind))
        _, first, last = spans.get(place, (0, one.observed_at, one.observed_at))
        spans[place] = (
            one.customer_id,
            min(first, one.observed_at),
            max(last, one.observed_at),
        )
    await insert_rows(
        "account_membership",
        ["customer_id", "link_id", "account_id", "kind", "first_at", "last_at"],
        [
            (customer, link, account, kind, first, last)
            for (link, account, kind), (customer, first, last) in spans.items()
        ],
        on_conflict="ON CONFLICT (link_id, account_id, kind) DO UPDATE SET"
        " first_at = CASE WHEN excluded.first_at < account_membership.first_at"
        " THEN excluded.first_at ELSE account_membership.first_at END,"
        " last_at = CASE WHEN excluded.last_at > account_membership.last_at"
        " THEN excluded.last_at ELSE account_membership.last_at END",
    )
    return {one.key for one in memberships if one.kind is MembershipKind.DOMAIN}


async def state(statements: Sequence[AccountStatement]) -> set[str]:
    """Record what group calls say of accounts (which exist); the latest wins.

    Returns the domains that these accounts state or stated, for ``adoption.adopt``.
    """
    latest: dict[tuple[bytes, str], AccountStatement] = {}
    for one in statements:
        place = (digest(MembershipKind.GROUP, one.key), one.name)
        held = latest.get(place)
        if held is None or _order(one) > _order(held):
            latest[place] = one
    if not latest:
        return set()
    ids = await _account_ids({key for key, _ in latest})
    before = await _stated(ids.values())
    await insert_rows(
        "account_trait",
        ["account_id", "name", "value", "source_id", "touchpoint_id", "observed_at"],
        [
            (
                ids[key],
                one.name,
                _json(one.value),
                one.source_id,
                one.touchpoint_id,
                one.observed_at,
            )
            for (key, _), one in latest.items()
        ],
        on_conflict="ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value,"
        " source_id = excluded.source_id, touchpoint_id = excluded.touchpoint_id,"
        " observed_at = excluded.observed_at"
        " WHERE excluded.observed_at > account_trait.observed_at"
        " OR (excluded.observed_at = account_trait.observed_at"
        " AND CAST(excluded.value AS TEXT) > CAST(account_trait.value AS TEXT))",
    )
    await _tell_members(before, await _stated(ids.values()))
    return await _relabel(ids.values())


async def _stated(account_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    condition, params = in_list("account_id", account_ids)
    rows = await fetch(
        "SELECT account_id, name, CAST(value AS TEXT) AS value FROM account_trait"
        f" WHERE {condition}",
        params,
    )
    return {(row["account_id"], row["name"]): row["value"] for row in rows}


async def _tell_members(before: _Stated, after: _Stated) -> None:
    """Note with all people of an account which of its traits are not what they were."""
    changed: dict[int, set[str]] = {}
    for (account, name), value in after.items():
        if before.get((account, name)) != value:
            changed.setdefault(account, set()).add(facts.account_trait(name))
    if not changed:
        return
    condition, params = in_list("account_id", changed)
    people = await fetch(f"SELECT id, account_id FROM customer WHERE {condition}", params)
    mark({row["id"]: changed[row["account_id"]] for row in people})


async def _relabel(account_ids: Iterable[int]) -> set[str]:
    """Let accounts bear the name and the domain that are stated of them now."""
    wanted = sorted(account_ids)
    condition, params = in_list("id", wanted)
    before = await fetch(f"SELECT domain FROM account WHERE {condition}", params)
    condition, params = in_list("account_id", wanted)
    rows = await fetch(
        f"SELECT account_id, name, value FROM account_trait WHERE name IN ('name', 'domain')"
        f" AND {condition}",
        params,
    )
    domains = {row["domain"] for row in before}
    for row in rows:
        value = orjson.loads(row["value"])
        if not isinstance(value, str) or not value.strip():
            continue
        label = bare_domain(value) if row["name"] == "domain" else value.strip()
        domains |= {label} if row["name"] == "domain" else set()
        await execute(
            f"UPDATE account SET {row['name']} = ? WHERE id = ?",
            (label[:_LONGEST] or None, row["account_id"]),
        )
    return {domain for domain in domains if domain}


async def _account_ids(digests: Iterable[bytes]) -> dict[bytes, int]:
    condition, params = in_list("digest", digests)
    rows = await fetch(f"SELECT id, digest FROM account WHERE {condition}", params)
    return {bytes(row["digest"]): row["id"] for row in rows}


def _order(one: AccountStatement) -> tuple[Moment, str]:
    return one.observed_at, _json(one.value)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
