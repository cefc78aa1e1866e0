"""The settings of attribution: what is a touch, and which touches of a journey count."""

from dataclasses import dataclass

import orjson

from touchline.domain.attribution.journeys import Look, Transform
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import Row, fetch_one

WEAK = (
    *("email delivered", "email opened", "email bounced", "email marked as spam"),
    *("email unsubscribed", "unsubscribed"),
)
"""Mail that came or was opened by itself is no word of the customer; a click on its link is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A version of the settings. ``look_back`` is in ms, ``steps`` counts touches.

    With ``is_split`` a journey begins after the conversion before, by the same goal. Channels are
    known by their names, events too; ``ignored_channels`` are no arrivals, ``direct_channels`` are
    what some models pass over.
    """

    look_back: Moment | None = 90 * DAY
    steps: int | None = None
    is_split: bool = False
    transforms: tuple[Transform, ...] = ()
    direct_channels: tuple[str, ...] = ("Direct",)
    ignored_channels: tuple[str, ...] = ("No arrival",)
    ignored_events: tuple[str, ...] = WEAK

    @property
    def look(self) -> Look:
        """How journeys are looked at."""
        return Look(self.look_back, self.steps, self.transforms)


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings in force and which row they are."""

    id: int
    version: int
    settings: Settings


LISTS = ("transforms", "direct_channels", "ignored_channels", "ignored_events")
"""Columns that hold JSON."""


async def in_force() -> InForce:
    """The newest version; there always is one."""
    row = await fetch_one("SELECT * FROM attribution_settings ORDER BY version DESC LIMIT 1")
    assert row is not None
    return InForce(row["id"], row["version"], _read(row))


def _read(row: Row) -> Settings:
    lists = {name: tuple(orjson.loads(row[name])) for name in LISTS}
    return Settings(
        row["look_back"],
        row["steps"],
        bool(row["is_split"]),
        tuple(Transform(one) for one in lists["transforms"]),
        lists["direct_channels"],
        lists["ignored_channels"],
        lists["ignored_events"],
    )
