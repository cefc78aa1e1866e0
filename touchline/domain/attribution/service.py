"""Commands on attribution: its settings."""

from collections.abc import Sequence
from dataclasses import replace

import orjson

from touchline.domain.attribution.configuration import LISTS, Settings, in_force
from touchline.domain.attribution.effects import SHARE
from touchline.domain.attribution.errors import AttributionErrorCode as Code
from touchline.domain.channels.listing import channels
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.domain.kernel.jobs import enqueue
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.staleness.service import hold_judgement

MOST_DAYS = 3_650
MOST_STEPS = 1_000
MOST_NAMES = 50
MAX_NAME = 200


@transactional
async def set_settings(
    actor: Actor, settings: Settings, *, expected_version: int | None = None
) -> int:
    """Write the next version of the settings; a job has all credit shared anew by it.

    Returns its id. What changes nothing is no version.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    await take_turns(Turn.ATTRIBUTION, [0])
    held = await in_force()
    if expected_version not in (None, held.version):
        message = f"Version {held.version} is in force by now."
        raise Conflict(message, held.version, ("expectedVersion",))
    checked = await _checked(settings)
    if checked == held.settings:
        return held.id
    rows = await insert_rows(
        "attribution_settings",
        [
            *("version", "look_back", "steps", "is_split", *LISTS),
            *("actor_name", "created_at"),
        ],
        [
            (
                *(held.version + 1, checked.look_back, checked.steps, checked.is_split),
                *(orjson.dumps(getattr(checked, name)).decode() for name in LISTS),
                *(actor.name, now()),
            )
        ],
        returning="id",
    )
    await enqueue(SHARE, {}, key=SHARE)
    return int(rows[0]["id"])


async def _checked(settings: Settings) -> Settings:
    look_back, steps = settings.look_back, settings.steps
    if look_back is not None and not DAY <= look_back <= MOST_DAYS * DAY:
        message = "Touches are looked back on for a day to ten years."
        raise Refused(Code.LOOKBACK_INVALID, message, ("lookBack",))
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        message = f"From 1 to {MOST_STEPS:,} steps of a journey count."
        raise Refused(Code.STEPS_INVALID, message, ("steps",))
    if len(set(settings.transforms)) < len(settings.transforms):
        message = "Each transform is done once."
        raise Refused(Code.TRANSFORM_REPEATED, message, ("transforms",))
    known = set(await channels())
    return replace(
        settings,
        direct_channels=_names(settings.direct_channels, "directChannels", known),
        ignored_channels=_names(settings.ignored_channels, "ignoredChannels", known),
        ignored_events=_names(settings.ignored_events, "ignoredEvents"),
    )


def _names(names: Sequence[str], field: str, known: set[str] | None = None) -> tuple[str, ...]:
    if len(names) > MOST_NAMES:
        message = f"At most {MOST_NAMES} are named."
        raise Refused(Code.TOO_MANY_NAMES, message, (field,))
    for place, name in enumerate(names):
        if not 1 <= len(name.strip()) <= MAX_NAME or not name.isprintable():
            message = f"A name has 1 to {MAX_NAME} characters."
            raise Refused(Code.NAME_INVALID, message, (field, place))
        if known is not None and name_key(name) not in known:
            message = f"There is no channel called {name.strip()}."
            raise Refused(Code.CHANNEL_UNKNOWN, message, (field, place))
    return tuple(name.strip() for name in names)
