"""Reads of credits: sums over days, and what single conversions are credited to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.attribution.configuration import in_force
from touchline.domain.attribution.effects import effects_of
from touchline.domain.attribution.weights import AttributionModel
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.rows import in_list

Sums = Mapping[str, int]
"""Minor units by currency."""


class Dimension(StrEnum):
    """By what credits are summed."""

    CHANNEL = "CHANNEL"
    CAMPAIGN = "CAMPAIGN"
    ASSET = "ASSET"
    FAMILY = "FAMILY"


@dataclass(frozen=True, slots=True)
class Earned:
    """What one of them is credited with; ``key`` is an id, or the name of a campaign, if any."""

    key: int | str | None
    weight_micro: int
    values: Sums


@dataclass(frozen=True, slots=True)
class Earnings:
    """Credits for all conversions of some days, those with most first.

    ``conversions`` are all there were, and ``values`` what they are worth. ``computed_at`` is when
    a day of them was summed last, ``is_behind`` whether one waits to be.
    """

    rows: Sequence[Earned]
    conversions: int
    values: Sums
    computed_at: Moment | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """The credits for one conversion by a model, along the journey; ``None``: nobody says worth."""

    credit_ids: list[int]
    value: int | None
    currency: str | None
    computed_at: Moment | None


_KEYS: Mapping[Dimension, tuple[str, str]] = {
    Dimension.CHANNEL: ("d.channel_id", ""),
    Dimension.CAMPAIGN: ("d.campaign", ""),
    Dimension.ASSET: ("d.asset_id", ""),
    Dimension.FAMILY: (
        "COALESCE(a.family_id, 0)",
        f" LEFT JOIN {CONTENT_ASSET.table} a ON a.id = d.asset_id",
    ),
}
"""By dimension what is summed by, and what is joined for it."""


async def earnings(
    dimension: Dimension,
    model: AttributionModel,
    first: int,
    last: int,
    goal_ids: Collection[int] | None = None,
) -> Earnings:
    """What conversions of some days, both included, are credited to; all goals or some."""
    key, joined = _KEYS[dimension]
    held, params = in_list("d.goal_id", goal_ids) if goal_ids is not None else ("1 = 1", [])
    rows = await fetch(
        f"SELECT {key} AS key, d.currency, CAST(sum(d.weight_micro) AS BIGINT) AS weight,"
        " CAST(sum(d.value_minor) AS BIGINT) AS value, max(d.computed_at) AS at"
        f" FROM attribution_day d{joined}"
        f" WHERE d.model = ? AND d.day >= ? AND d.day <= ? AND {held} GROUP BY 1, 2",
        [model.value, first, last, *params],
    )
    weights: dict[int | str | None, int] = {}
    values: dict[int | str | None, dict[str, int]] = {}
    for row in rows:
        weights[row["key"]] = weights.get(row["key"], 0) + row["weight"]
        own = values.setdefault(row["key"], {})
        if row["currency"]:
            own[row["currency"]] = own.get(row["currency"], 0) + row["value"]
    found = [Earned(one or None, weight, values[one]) for one, weight in weights.items()]
    found.sort(key=lambda one: (-one.weight_micro, str(one.key)))
    conversions, worth = await _conversions(first, last, goal_ids)
    computed = max((row["at"] for row in rows), default=None)
    return Earnings(found, conversions, worth, computed, await _waits(first, last))


async def shared(conversion_ids: Sequence[int], model: AttributionModel) -> list[Shared]:
    """The credits for some conversions, in their order."""
    condition, params = in_list("conversion_id", conversion_ids)
    rows = await fetch(
        "SELECT id, conversion_id, value_minor, currency, computed_at FROM attribution_credit"
        f" WHERE model = ? AND {condition} ORDER BY conversion_id, place",
        [model.value, *params],
    )
    found = {one: Shared([], None, None, None) for one in conversion_ids}
    for row in rows:
        before = found[row["conversion_id"]]
        value = row["value_minor"]
        found[row["conversion_id"]] = Shared(
            [*before.credit_ids, row["id"]],
            None if value is None else value + (before.value or 0),
            row["currency"],
            row["computed_at"],
        )
    return [found[one] for one in conversion_ids]


async def removal_effects(goal_ids: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Channels and their effects for some goals, the greatest first."""
    known = await effects_of(goal_ids)
    return [
        sorted(known.get(goal, {}).items(), key=lambda one: (-one[1], one[0])) for goal in goal_ids
    ]


async def settings_in_force() -> int:
    """The row of the settings that hold."""
    return (await in_force()).id


async def _conversions(
    first: int, last: int, goal_ids: Collection[int] | None
) -> tuple[int, dict[str, int]]:
    held, params = in_list("c.goal_id", goal_ids) if goal_ids is not None else ("1 = 1", [])
    rows = await fetch(
        "SELECT c.currency, count(*) AS found,"
        " CAST(COALESCE(sum(c.value_minor - c.refunded_minor), 0) AS BIGINT) AS worth"
        f" FROM {CONVERSION.table} c WHERE c.occurred_at >= ? AND c.occurred_at < ? AND {held}"
        " GROUP BY c.currency",
        [first * DAY, (last + 1) * DAY, *params],
    )
    worth = {row["currency"]: row["worth"] for row in rows if row["currency"] is not None}
    return sum(row["found"] for row in rows), worth


async def _waits(first: int, last: int) -> bool:
    row = await fetch_one(
        "SELECT 1 AS found FROM attribution_changed_day WHERE day >= ? AND day <= ? LIMIT 1",
        (first, last),
    )
    return row is not None
