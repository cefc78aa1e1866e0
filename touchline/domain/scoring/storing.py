"""Writing scores down: sums, lines, history, and the ranks by which lists are sorted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import in_list, insert_later, insert_rows
from touchline.domain.scoring.bands import Band, Total, band_of, next_band_change, rank_of
from touchline.domain.scoring.builds import Build, owner_of
from touchline.domain.scoring.events import SCORES_CHANGED
from touchline.domain.scoring.sheets import Line, Sheet, read_lines
from touchline.domain.scoring.sorting import set_ranks
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark, set_wakes

_SCORE = (
    *("build_id", "customer_id", "model_id", "fading", "steady", "band_name", "band_minimum"),
    *("rank", "next_band_at", "wake_at", "lines"),
)
_RENEWED = ", ".join(f"{name} = excluded.{name}" for name in _SCORE[3:])
EVENT = "EVENT"
"""Why a score moved: because of something that a customer did."""
_CHANGE = (
    *("customer_id", "model_id", "version", "value", "band_name", "band_minimum", "cause", "at"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A score that is not what it was: from and to in micro-points, and the band it lies in."""

    customer_id: int
    before: int
    after: int
    band: Band | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A score as it is stored."""

    total: Total
    band_name: str | None
    rank: int
    wake_at: Moment | None
    written: str

    def lines(self) -> Mapping[str, Line]:
        """What adds up to it, by places."""
        return read_lines(self.written)


async def store(
    build: Build, sheets: Mapping[int, Sheet], stood: Mapping[int, Stood], at: Moment, cause: str
) -> None:
    """Write the scores of customers in a build; of those that ``stood``, who has no sheet is
    forgotten.

    In the build that counts, what moved is told and noted with its cause; of who is still to be
    told that the build counts at all, both will be told as one.
    """
    await _forget(build.id, [customer for customer in stood if customer not in sheets])
    totals = {customer: sheet.total() for customer, sheet in sheets.items()}
    rows = _rows(build, sheets, totals, at)
    insert_later(
        "customer_score",
        _SCORE,
        rows,
        on_conflict=f"ON CONFLICT (customer_id, build_id) DO UPDATE SET {_RENEWED}",
    )
    set_wakes(owner_of(build.id), {row[1]: row[9] for row in rows})
    known = {customer: one.rank for customer, one in stood.items()}
    if cause == EVENT:  # who is new has the rank of no points
        known = {row[1]: 0 for row in rows} | known
    await set_ranks(build, {row[1]: row[7] for row in rows if known.get(row[1]) != row[7]})
    if not build.counts:
        return
    moved = _moved(build, stood, totals, at)
    mark({one.customer_id: [facts.score(build.model_id)] for one in moved})
    await tell(build, [one for one in moved if not build.is_to_tell(one.customer_id)], at, cause)


async def stood_of(build: Build, customer_ids: Collection[int]) -> dict[int, Stood]:
    """The scores of customers as they are stored."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(
        "SELECT customer_id, fading, steady, band_name, rank, wake_at, lines FROM customer_score"
        f" WHERE build_id = ? AND {condition}",
        [build.id, *params],
    )
    return {
        row["customer_id"]: Stood(
            Total(row["fading"], row["steady"]),
            *(row["band_name"], row["rank"], row["wake_at"], row["lines"]),
        )
        for row in rows
    }


async def add(build: Build, sheets: Mapping[int, Sheet], at: Moment) -> None:
    """Write the scores of customers that have none in a build that does not count yet."""
    totals = {customer: sheet.total() for customer, sheet in sheets.items()}
    await insert_rows("customer_score", _SCORE, _rows(build, sheets, totals, at))


async def _forget(build_id: int, customer_ids: Collection[int]) -> None:
    if customer_ids:
        condition, params = in_list("customer_id", customer_ids)
        await execute(
            f"DELETE FROM customer_score WHERE build_id = ? AND {condition}", [build_id, *params]
        )


async def tell(build: Build, moved: Collection[Moved], at: Moment, cause: str) -> None:
    """Note and tell which scores moved, to all but those whose rules name them."""
    if not moved:
        return
    insert_later(
        "score_change",
        _CHANGE,
        [
            (
                *(one.customer_id, build.model_id, build.version, one.after),
                *(*(one.band or (None, None)), cause, at),
            )
            for one in moved
        ],
    )
    changes = [
        [one.customer_id, one.before, one.after, one.band.name if one.band else None, cause]
        for one in moved
    ]
    await emit(SCORES_CHANGED, {"model": build.model_id, "changes": changes})


def _rows(
    build: Build, sheets: Mapping[int, Sheet], totals: Mapping[int, Total], at: Moment
) -> list[tuple[Any, ...]]:
    """The rows of scores, with the instants at which each is to be looked at again."""
    kept, bands = build.kept, build.definition.bands
    found: list[tuple[Any, ...]] = []
    for customer, sheet in sheets.items():
        total = totals[customer]
        band = band_of(total.value(at, kept), bands)
        changes = next_band_change(total, bands, at, kept)
        found.append(
            (
                *(build.id, customer, build.model_id, total.fading, total.steady),
                *(band or (None, None)),
                *(rank_of(total, at, kept), changes, _wake(sheet, changes), sheet.written()),
            )
        )
    return found


def _moved(
    build: Build,
    stood: Mapping[int, Stood],
    totals: Mapping[int, Total],
    at: Moment,
) -> list[Moved]:
    """What is not what it was, or has come into another band by time."""
    found = []
    for customer, total in totals.items():
        was = stood.get(customer)
        before, named = (was.total, was.band_name) if was else (Total(0, 0), None)
        after = total.value(at, build.kept)
        band = band_of(after, build.definition.bands)
        same = (before.fading, before.steady) == (total.fading, total.steady)
        if same and (customer not in stood or named == (band.name if band else None)):
            continue
        found.append(Moved(customer, before.value(at, build.kept), after, band))
    return found


def _wake(sheet: Sheet, band_changes: Moment | None) -> Moment | None:
    """When time alone changes the score, or the band in which it lies."""
    known = [moment for moment in (band_changes, sheet.look_at) if moment is not None]
    return min(known, default=None)
