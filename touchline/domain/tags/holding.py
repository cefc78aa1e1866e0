"""Holding rules in force against the customers whom a change touches: several rules in one go."""

from collections.abc import Collection, Sequence

from touchline.domain.conditions.evidence import evidence
from touchline.domain.conditions.queries import ask_each
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import add_later, in_list, values_table
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later
from touchline.domain.staleness.service import set_wakes
from touchline.domain.tags.ruling import INSERT, Published, owner_of

Touched = tuple[Published, Collection[int]]
"""A rule, and the customers of whom it may say something else now."""


async def hold_each(touched: Sequence[Touched], at: Moment) -> set[int]:
    """Note of whom the rules hold; returns of whom that changed.

    Who a rule held of before keeps the instant and the touchpoint, whatever the version.
    """
    if not touched:
        return set()
    answers = await ask_each([(rule.condition, only) for rule, only in touched], at)
    versions = await _versions(touched)
    changed: set[int] = set()
    counts: dict[int, int] = {}
    for (rule, only), answer in zip(touched, answers, strict=True):
        known = versions.get(rule.id, {})
        stood = known.keys() & set(only)
        came = answer.holds - stood
        went = stood - answer.holds if rule.removes else set[int]()
        stayed = {one for one in stood & answer.holds if known[one] != rule.version}
        _come(rule, sorted(came), at)
        _stay(rule, sorted(stayed))
        _go(rule, sorted(went))
        counts[rule.id] = len(came) - len(went)
        set_wakes(owner_of(rule.id), answer.wakes)
        changed |= came | went | stayed
    add_later("tag_rule", "matched_count", {rule: more for rule, more in counts.items() if more})
    return changed


async def _versions(touched: Sequence[Touched]) -> dict[int, dict[int, int]]:
    """By which version each rule holds of customers, as it is stored."""
    rules, held = in_list("rule_id", [rule.id for rule, _ in touched])
    chosen, params = in_list("customer_id", sorted({one for _, only in touched for one in only}))
    rows = await fetch(
        f"SELECT rule_id, customer_id, rule_version FROM tag_hold WHERE {rules} AND {chosen}",
        [*held, *params],
    )
    found: dict[int, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row["rule_id"], {})[row["customer_id"]] = row["rule_version"]
    return found


def _come(rule: Published, customers: Sequence[int], at: Moment) -> None:
    if not customers:
        return
    item, params = values_table("m", [("customer_id", "bigint")], [(one,) for one in customers])
    told = evidence(rule.condition)
    write_later(
        Statement(
            f"WITH {item} {INSERT} SELECT m.customer_id, CAST(? AS BIGINT), CAST(? AS BIGINT),"
            f" CAST(? AS INTEGER), {told.text}, CAST(? AS BIGINT) FROM m",
            [*params, rule.tag_id, rule.id, rule.version, *told.params, at],
        )
    )


def _stay(rule: Published, customers: Sequence[int]) -> None:
    if customers:
        condition, params = in_list("customer_id", customers)
        sql = f"UPDATE tag_hold SET rule_version = ? WHERE rule_id = ? AND {condition}"
        write_later(Statement(sql, [rule.version, rule.id, *params]))


def _go(rule: Published, customers: Sequence[int]) -> None:
    if customers:
        condition, params = in_list("customer_id", customers)
        sql = f"DELETE FROM tag_hold WHERE rule_id = ? AND {condition}"
        write_later(Statement(sql, [rule.id, *params]))
