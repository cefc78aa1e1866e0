"""What channels cost and brought in some days, side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchline.domain.attribution.queries import Dimension, earnings
from touchline.domain.attribution.relations import ATTRIBUTION_CREDIT
from touchline.domain.attribution.weights import AttributionModel
from touchline.domain.channels.queries import activity, events_by_channel
from touchline.domain.channels.relations import ORIGIN
from touchline.domain.conversions.relations import CUSTOMER_VALUE
from touchline.domain.customers.relations import CUSTOMER
from touchline.domain.identity.queries import find_customer
from touchline.domain.identity.rules import ANONYMOUS_ID
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.money import exponent
from touchline.domain.kernel.rows import in_list
from touchline.domain.links.clicks import NOBODIES
from touchline.domain.performance.errors import PerformanceErrorCode as Code
from touchline.domain.performance.splitting import Result, Suggestion, suggest
from touchline.domain.rates.queries import rates
from touchline.domain.spend.queries import spend_by_channel
from touchline.domain.timeline.relations import TOUCHPOINT

MILLION = 1_000_000

_CUSTOMERS = (
    "SELECT COALESCE(o.channel_id, 0) AS channel_id, count(DISTINCT t.customer_id) AS n"
    f" FROM {TOUCHPOINT.table} t JOIN {ORIGIN.table} o ON o.id = t.origin_id"
    " WHERE t.occurred_at >= ? AND t.occurred_at < ? AND NOT {nobody} GROUP BY 1"
)
_FIRST = (
    "SELECT COALESCE(o.channel_id, 0) AS channel_id, t.customer_id,"
    " row_number() OVER (PARTITION BY t.customer_id ORDER BY t.occurred_at, t.id) AS place"
    f" FROM {TOUCHPOINT.table} t JOIN {ORIGIN.table} o ON o.id = t.origin_id"
    f" JOIN {CUSTOMER.table} c ON c.id = t.customer_id AND c.first_seen_at >= ?"
    " AND c.first_seen_at < ? WHERE t.occurred_at >= ? AND t.occurred_at < ? AND NOT {nobody}"
)


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """What a channel (0: none) cost and brought. Money is in minor units of the report's currency.

    ``conversions`` are those that the channel has any credit for, ``credit`` in parts of them.
    ``lifetime_value`` is what new customers, first come by the channel, brought on average so far.
    """

    channel: int
    touchpoints: int
    customers: int
    new_customers: int
    conversions: int
    credit: float
    value: int | None
    units: Fraction
    spend: int | None
    cost_per_conversion: int | None
    return_on_spend: float | None
    lifetime_value: int | None
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """Channels of some days, those of most credit first, and all of them together.

    ``uncredited`` are conversions, and ``uncredited_value`` their worth, that no channel earned:
    with the credit and the value of the lines they sum to exactly all there were.
    """

    lines: list[ChannelLine]
    currency: str | None
    conversions: int
    value: int | None
    uncredited: float
    uncredited_value: int | None
    spend: int | None
    computed_at: Moment | None
    is_behind: bool


async def channel_report(
    model: AttributionModel, first: int, last: int, currency: str | None = None
) -> ChannelReport:
    """What each channel cost and brought from one day to another, both included.

    Money of several currencies is refused, unless one is chosen: then only what is in it counts.
    """
    earned = await earnings(Dimension.CHANNEL, model, first, last)
    spent = await spend_by_channel(first, last)
    values = {int(one.key or 0): one.values for one in earned.rows}
    chosen = _currency(currency, [*values.values(), *spent.values(), earned.values])
    came = await activity(first, last)
    touchpoints = {one.channel or 0: sum(one.touchpoints) for one in came.series}
    nobody = await _nobody()
    customers = await _customers(first, last, nobody)
    new, lifetime = await _new_customers(first, last, chosen, nobody)
    converted = await _converted(model, first, last)
    units = await _units(first, last)
    credit = {int(one.key or 0): one.weight_micro / MILLION for one in earned.rows}
    spend = {one: told.get(chosen or "", 0) for one, told in spent.items()}
    suggested = _suggested(spend, credit, chosen)
    known = {one for told in (touchpoints, credit, spend) for one in told}
    lines = [
        _line(
            channel,
            (touchpoints.get(channel, 0), customers.get(channel, 0), new.get(channel, 0)),
            (converted.get(channel, 0), credit.get(channel, 0.0)),
            None if chosen is None else values.get(channel, {}).get(chosen),
            spend.get(channel) if channel in spend else None,
            (units.get(channel, Fraction(0)), lifetime.get(channel), suggested.get(channel)),
        )
        for channel in known
    ]
    lines.sort(key=lambda one: (-one.credit, -one.touchpoints, one.channel))
    moments = [one for one in (earned.computed_at, came.computed_at) if one is not None]
    credited = sum(one.weight_micro for one in earned.rows)
    worth = None if chosen is None else earned.values.get(chosen)
    return ChannelReport(
        lines,
        chosen,
        earned.conversions,
        worth,
        (earned.conversions * MILLION - credited) / MILLION,
        None if worth is None else worth - sum(one.value or 0 for one in lines),
        sum(spend.values()) if spend else None,
        max(moments, default=None),
        earned.is_behind or came.is_behind,
    )


def _currency(chosen: str | None, sums: Collection[Mapping[str, int]]) -> str | None:
    if chosen is not None:
        return chosen
    found = {currency for told in sums for currency in told}
    if len(found) > 1:
        message = f"Money is in {', '.join(sorted(found))}; say which `currency` is to count."
        raise Refused(Code.CURRENCIES_MIXED, message, ("currency",))
    return next(iter(found), None)


def _line(
    channel: int,
    counts: tuple[int, int, int],
    earned: tuple[int, float],
    value: int | None,
    spend: int | None,
    rest: tuple[Fraction, int | None, Suggestion | None],
) -> ChannelLine:
    conversions, credit = earned
    units, lifetime, suggestion = rest
    return ChannelLine(
        *(channel, *counts, conversions, credit, value, units, spend),
        cost_per_conversion=round(spend / credit) if spend is not None and credit else None,
        return_on_spend=(value or 0) / spend if spend else None,
        lifetime_value=lifetime,
        suggestion=suggestion,
    )


def _suggested(
    spend: Mapping[int, int], credit: Mapping[int, float], currency: str | None
) -> dict[int, Suggestion]:
    if currency is None:
        return {}
    unit = 10 ** exponent(currency)
    return suggest(
        {
            channel: Result(credit.get(channel, 0.0), minor / unit)
            for channel, minor in spend.items()
            if minor > 0
        }
    )


async def _nobody() -> tuple[str, list[int]]:
    """The condition that a touchpoint ``t`` is of nobody in particular, and its parameters."""
    found = [await find_customer(ANONYMOUS_ID, one) for one in NOBODIES]
    condition, params = in_list("t.customer_id", [one for one in found if one is not None])
    return condition, list(params)


async def _customers(first: int, last: int, nobody: tuple[str, list[int]]) -> dict[int, int]:
    condition, params = nobody
    days = (first * DAY, (last + 1) * DAY)
    rows = await fetch(_CUSTOMERS.format(nobody=condition), (*days, *params))
    return {row["channel_id"]: row["n"] for row in rows}


async def _new_customers(
    first: int, last: int, currency: str | None, nobody: tuple[str, list[int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """By channel how many came first by it, and what they are worth on average so far."""
    condition, params = nobody
    days = (first * DAY, (last + 1) * DAY)
    rows = await fetch(
        "SELECT f.channel_id, count(*) AS n,"
        " sum(COALESCE(v.value_minor - v.refunded_minor, 0)) AS minor"
        f" FROM ({_FIRST.format(nobody=condition)}) f LEFT JOIN {CUSTOMER_VALUE.table} v"
        " ON v.customer_id = f.customer_id AND v.currency = ? WHERE f.place = 1 GROUP BY 1",
        (*days, *days, *params, currency or ""),
    )
    new = {row["channel_id"]: row["n"] for row in rows}
    if currency is None:
        return new, {}
    return new, {row["channel_id"]: round(int(row["minor"]) / row["n"]) for row in rows}


async def _converted(model: AttributionModel, first: int, last: int) -> dict[int, int]:
    rows = await fetch(
        f"SELECT channel_id, count(DISTINCT conversion_id) AS n FROM {ATTRIBUTION_CREDIT.table}"
        " WHERE model = ? AND day >= ? AND day <= ? AND weight_micro <> 0 GROUP BY channel_id",
        (model.value, first, last),
    )
    return {row["channel_id"]: row["n"] for row in rows}


async def _units(first: int, last: int) -> dict[int, Fraction]:
    known = await rates()
    found: dict[int, Fraction] = {}
    for action, day, channel, count in await events_by_channel(known.actions, first, last):
        worth = count * known.worth(action, day, channel or None)
        found[channel] = found.get(channel, Fraction(0)) + worth
    return found
