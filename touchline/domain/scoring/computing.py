"""Adding up customers: what rules of events count, conditions that hold, and what people gave."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from touchline.domain.conditions.queries import matches, wakes
from touchline.domain.conditions.sql import Query
from touchline.domain.customers.queries import members_of, standing_after, standing_for
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.kernel.streaming import streamed
from touchline.domain.scoring.bands import Change, Fading
from touchline.domain.scoring.definition import Definition
from touchline.domain.scoring.gathering import After, Whose, coming, occurrences, tallies
from touchline.domain.scoring.holding import hold_all
from touchline.domain.scoring.sheets import Line, LineKind, Sheet

Given = Mapping[int, Sequence[Row]]
_RULE = LineKind.RULE.value
Sheets = dict[int, Sheet]


@dataclass(frozen=True, slots=True)
class Scheme:
    """By what customers are added up: a model as it is defined, its sums kept so, at an instant."""

    model_id: int
    definition: Definition
    kept: Fading
    at: Moment


async def compute(scheme: Scheme, customer_ids: Collection[int]) -> Sheets:
    """Add up customers; those that do not stand are left out."""
    members = await members_of(customer_ids)
    sheets = {customer: Sheet() for customer in members}
    if not sheets:
        return sheets
    query = _log(scheme, list(sheets))
    if query is not None:
        _count(scheme, await fetch(query.text, query.params), sheets)
    for place, rule in scheme.definition.of_conditions():
        only = list(sheets)
        _hold(scheme, place, await matches(rule.condition, at=scheme.at, only=only), sheets)
        _look((await wakes(rule.condition, at=scheme.at, only=only)).items(), sheets)
    owners = {member: root for root, found in members.items() for member in found}
    _adjust(scheme, await _given(scheme, owners), sheets)
    _look((await _coming(scheme, list(sheets))).items(), sheets)
    return sheets


async def compute_all(
    scheme: Scheme, at_once: int, *, after: int = 0
) -> AsyncGenerator[tuple[int, Sheets], None]:
    """Add up all customers that stand, in one pass over the log; so many of them at a time.

    Yields the last customer that was reached with the sheets. The log counts as it was at the
    beginning; what has changed since is told to the judges.
    """
    query = _log(scheme, After(after))
    held = await hold_all(scheme.definition, scheme.at)
    given = await _given(scheme, None)
    soon = await _coming(scheme, After(after))
    async with AsyncExitStack() as stack:
        rows = _Ordered(
            await stack.enter_async_context(streamed(query.text, query.params)) if query else None
        )
        while chosen := await standing_after(after, at_once):
            sheets = {customer: Sheet() for customer in chosen}
            _count(scheme, await rows.up_to(chosen[-1]), sheets)
            for one in held:
                _hold(scheme, one.place, one.among(after, chosen[-1]), sheets)
                _look(one.wakes_among(after, chosen[-1]), sheets)
            after = chosen[-1]
            _adjust(scheme, given, sheets)
            _look([(one, soon[one]) for one in soon.keys() & sheets.keys()], sheets)
            yield after, sheets


class _Ordered:
    """Rows in the order of customers, taken customer by customer."""

    def __init__(self, parts: AsyncIterator[list[Row]] | None) -> None:
        self._parts = parts
        self._rows: list[Row] = []

    async def up_to(self, customer_id: int) -> list[Row]:
        """The next rows, those of this customer among them."""
        found: list[Row] = []
        while not self._rows or self._rows[-1][0] <= customer_id:
            found += self._rows
            self._rows = [] if self._parts is None else await anext(self._parts, [])
            if not self._rows:
                return found
        end = next(at for at, row in enumerate(self._rows) if row[0] > customer_id)
        found += self._rows[:end]
        self._rows = self._rows[end:]
        return found


def _log(scheme: Scheme, whose: Whose) -> Query | None:
    """What is read of the log."""
    if scheme.definition.window is not None:
        return occurrences(scheme.definition, scheme.at, whose)
    return tallies(scheme.definition, scheme.kept, scheme.at, whose)


def _count(scheme: Scheme, rows: Iterable[Row], sheets: Mapping[int, Sheet]) -> None:
    """Add what the rows of the log say, of the customers that have a sheet."""
    if scheme.definition.window is not None:
        _count_in_window(scheme, scheme.definition.window, rows, sheets)
        return
    fades = scheme.kept.half_life is not None
    said = _said(scheme)
    for customer, place, amount, count, latest in rows:
        sheet = sheets.get(customer)
        if sheet is None:
            continue
        where, name, key = said[place]
        if fades:
            line = Line(_RULE, name, key, sheet.fading, amount, 0, count, latest)
        else:
            line = Line(_RULE, name, key, 0, 0, amount, count, latest)
        sheet.add(where, line)


def _count_in_window(
    scheme: Scheme, window: Moment, rows: Iterable[Row], sheets: Mapping[int, Sheet]
) -> None:
    found: dict[tuple[int, int], list[int]] = {}
    for customer, place, amount, at, latest in rows:
        sheet = sheets.get(customer)
        if sheet is not None:
            sums = found.setdefault((customer, place), [0, 0, 0])
            sums[:] = sums[0] + amount, sums[1] + 1, latest
            sheet.changes.append(Change(at + window, -amount))
            sheet.look(at + window)
    said = _said(scheme)
    for (customer, place), (points, count, latest) in found.items():
        where, name, key = said[place]
        sheets[customer].add(where, Line(_RULE, name, key, 0, 0, points, count, latest))


def _said(scheme: Scheme) -> Sequence[tuple[str, str, int]]:
    """Of each rule the place of its line, its name and its key."""
    rules = scheme.definition.rules
    return [(str(place), rule.name, rule.key) for place, rule in enumerate(rules)]


def _hold(
    scheme: Scheme, place: int, customers: Iterable[int], sheets: Mapping[int, Sheet]
) -> None:
    """Add a rule to those of whom its condition holds."""
    where, name, key = _said(scheme)[place]
    points = scheme.definition.rules[place].points
    for customer in customers:
        sheet = sheets.get(customer)
        if sheet is not None:
            sheet.add(where, Line(_RULE, name, key, sheet.fading, 0, points, 1))


async def _given(scheme: Scheme, owners: Mapping[int, int] | None) -> Given:
    """What people gave, by whom it counts for; ``owners`` say for whom, by default for all.

    It is kept with whom it was given to, and follows merges.
    """
    said = (
        "SELECT id, customer_id, points, reason, actor_name, expires_at FROM score_adjustment"
        " WHERE model_id = ?"
    )
    if owners is None:
        rows = await fetch(f"{said} ORDER BY id", (scheme.model_id,))
        owners = await standing_for({row["customer_id"] for row in rows})
    else:
        condition, params = in_list("customer_id", owners)
        rows = await fetch(f"{said} AND {condition} ORDER BY id", [scheme.model_id, *params])
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row["expires_at"] is None or row["expires_at"] > scheme.at:
            found.setdefault(owners[row["customer_id"]], []).append(row)
    return found


def _adjust(scheme: Scheme, given: Given, sheets: Mapping[int, Sheet]) -> None:
    last = len(scheme.definition.rules)
    for customer in given.keys() & sheets.keys():
        sheet = sheets[customer]
        for number, row in enumerate(given[customer]):
            points, expires = row["points"], row["expires_at"]
            line = Line(
                *(LineKind.ADJUSTMENT.value, row["reason"], None, sheet.fading, 0, points, 1, None),
                *(row["actor_name"], expires),
            )
            sheet.add(str(last + number), line)
            if expires is not None:
                sheet.changes.append(Change(expires, -points))
                sheet.look(expires)


async def _coming(scheme: Scheme, whose: Whose) -> Mapping[int, Moment]:
    query = coming(scheme.at, whose)
    return {row[0]: row[1] for row in await fetch(query.text, query.params)}


def _look(moments: Iterable[tuple[int, Moment]], sheets: Mapping[int, Sheet]) -> None:
    """Have customers looked at again at these moments."""
    for customer, moment in moments:
        sheet = sheets.get(customer)
        if sheet is not None:
            sheet.look(moment)
