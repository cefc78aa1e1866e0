"""Setting exchange rates, and taking them back. None is ever changed: a new one follows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from touchline.domain.channels.listing import channels
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.numbers import read_number
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.kernel.turns import Turn, take_all_turns
from touchline.domain.rates.errors import RateErrorCode as Code
from touchline.domain.rates.events import RATES_CHANGED
from touchline.domain.rates.exchanging import EVERY_CHANNEL, MICRO
from touchline.domain.rates.periods import END_OF_TIME, Period, last_days, overlap
from touchline.domain.rates.queries import reference

MOST_AT_ONCE = 200
MOST_IN_ALL = 5_000
MAX_NAME = 200
MOST_UNITS = 1_000_000_000
_LEAST = Decimal(1) / MICRO

Place = tuple[str, int]
"""An action and a channel."""


@dataclass(frozen=True, slots=True)
class NewRate:
    """So many ``units`` of an action are worth one of the reference action, on days from 1970.

    Both days are included; without a last one it holds until another begins.
    """

    action: str
    units: str
    first: int
    last: int | None = None
    channel_id: int | None = None


@transactional
async def set_rates(
    actor: Actor, new: Sequence[NewRate], *, reference_action: str | None = None
) -> list[int]:
    """Add rates to those that stand; all of them or none. Returns their ids.

    Refused where two rates of an action on a channel would hold on the same day.
    """
    actor.require(Scope.WRITE)
    await take_all_turns(Turn.RATES)
    if not new:
        raise Refused(Code.NOTHING_TO_SET, "There are no rates.", ("rates",))
    (row,) = await fetch("SELECT count(*) AS found FROM value_exchange_rate")
    if len(new) > MOST_AT_ONCE or row["found"] + len(new) > MOST_IN_ALL:
        message = f"There are at most {MOST_AT_ONCE} rates at once and {MOST_IN_ALL:,} in all."
        raise Refused(Code.TOO_MANY_RATES, message, ("rates",))
    meant = await _reference(reference_action)
    known = set((await channels()).values())
    checked = [_checked(one, at, meant, known) for at, one in enumerate(new)]
    await _check_overlaps(checked)
    moment = now()
    made = await insert_rows(
        "value_exchange_rate",
        [
            *("action", "channel_id", "units", "units_micro", "valid_from", "valid_to"),
            *("last_day", "reference", "actor_name", "set_at"),
        ],
        [
            (
                *(one.action, one.channel_id or EVERY_CHANNEL, one.units),
                *(int(Decimal(one.units) * MICRO), one.first, one.last, END_OF_TIME),
                *(meant, actor.name, moment),
            )
            for one in checked
        ],
        returning="id",
    )
    await _end({_place(one) for one in checked})
    await _tell({one.action for one in checked}, min(one.first for one in checked))
    return [int(row["id"]) for row in made]


@transactional
async def withdraw_rate(actor: Actor, rate_id: int) -> None:
    """Take a rate back as if it had never been set; it stays on record who did so."""
    actor.require(Scope.WRITE)
    await take_all_turns(Turn.RATES)
    row = await fetch_one(
        "SELECT * FROM value_exchange_rate WHERE id = ? AND withdrawn_at IS NULL", (rate_id,)
    )
    if row is None:
        raise Refused(Code.RATE_NOT_FOUND, "There is no such rate.", ("id",))
    await execute(
        "UPDATE value_exchange_rate SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ?",
        (actor.name, now(), rate_id),
    )
    await _end({(row["action"], row["channel_id"])})
    await _tell([row["action"]], row["valid_from"])


async def _reference(given: str | None) -> str:
    """The action that counts one: while a rate stands it is the same for all."""
    held = await reference()
    wanted = _name(given, ("referenceAction",)) if given is not None else held
    if wanted is None:
        message = "Say which action counts one; all others are measured by it."
        raise Refused(Code.REFERENCE_MISSING, message, ("referenceAction",))
    if held not in (None, wanted):
        message = f"Rates are measured by {held}; withdraw them all to measure by another action."
        raise Refused(Code.REFERENCE_DIFFERS, message, ("referenceAction",))
    return wanted


def _checked(new: NewRate, at: int, meant: str, known: Collection[int]) -> NewRate:
    path = ("rates", at)
    action = _name(new.action, (*path, "action"))
    if action == meant:
        message = f"{meant} is what the others are measured by: it always counts one."
        raise Refused(Code.RATE_OF_REFERENCE, message, (*path, "action"))
    units = _units(new.units, (*path, "unitsPerReference"))
    if new.channel_id is not None and new.channel_id not in known:
        raise Refused(Code.CHANNEL_NOT_FOUND, "There is no such channel.", (*path, "channelId"))
    if new.last is not None and new.last < new.first:
        message = "It ends before it begins."
        raise Refused(Code.PERIOD_EMPTY, message, (*path, "validTo"))
    return NewRate(action, _written(units), new.first, new.last, new.channel_id)


async def _check_overlaps(checked: Sequence[NewRate]) -> None:
    for place in sorted({_place(one) for one in checked}):
        own = [at for at, one in enumerate(checked) if _place(one) == place]
        standing = [period for _, period in await _standing(place)]
        periods = [*standing, *(Period(checked[at].first, checked[at].last) for at in own)]
        found = overlap(periods)
        if found is not None:
            at = own[max(found) - len(standing)]
            message = f"Another rate of {place[0]} holds on some of these days."
            raise Refused(Code.RATES_OVERLAP, message, ("rates", at, "validFrom"))


async def _end(places: Collection[Place]) -> None:
    """Note where each rate of some places ends."""
    for place in sorted(places):
        standing = await _standing(place)
        ends = last_days([period for _, period in standing])
        for (rate_id, _), last in zip(standing, ends, strict=True):
            sql = "UPDATE value_exchange_rate SET last_day = ? WHERE id = ?"
            await execute(sql, (last, rate_id))


async def _standing(place: Place) -> list[tuple[int, Period]]:
    rows = await fetch(
        "SELECT id, valid_from, valid_to FROM value_exchange_rate WHERE action = ?"
        " AND channel_id = ? AND withdrawn_at IS NULL ORDER BY id",
        place,
    )
    return [(row["id"], Period(row["valid_from"], row["valid_to"])) for row in rows]


async def _tell(actions: Collection[str], first: int) -> None:
    await emit(RATES_CHANGED, {"actions": sorted(actions), "first": first})


def _place(rate: NewRate) -> Place:
    return rate.action, rate.channel_id or EVERY_CHANNEL


def _name(given: str, path: tuple[PathStep, ...]) -> str:
    name = given.strip()
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        message = f"An action is the name of an event, of 1 to {MAX_NAME} characters."
        raise Refused(Code.ACTION_INVALID, message, path)
    return name


def _units(given: str, path: tuple[PathStep, ...]) -> Decimal:
    units = read_number(given) or Decimal(0)
    if not 0 < units <= MOST_UNITS or units.quantize(_LEAST) != units:
        message = "Units are more than nothing, at most 10^9, and have at most six decimals."
        raise Refused(Code.UNITS_INVALID, message, path)
    return units


def _written(units: Decimal) -> str:
    """Without needless zeros: ``10`` and ``2.5``."""
    text = f"{units:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
