"""Rows of ad platforms' exports turned into figures of spend.

A file may hold a row for each network, device or hour: those of one channel, campaign and day add
up to one figure, which takes the place of what the same source said before. So a file can be read
again, and a newer export of the same days corrects them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path as FilePath

import msgspec

from touchline.domain.imports.columns import Cells, Columns, Path
from touchline.domain.imports.errors import ImportCode, RowRefused
from touchline.domain.imports.filters import Holds, when
from touchline.domain.imports.lookups import columns_of
from touchline.domain.imports.mapping import Expression, ImportMap, Reading, SpendBlock, section_for
from touchline.domain.imports.tables import Rows, TableFile, inspect, open_rows
from touchline.domain.imports.values import ReadValue, value
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.numbers import read_number
from touchline.domain.spend.errors import SpendErrorCode
from touchline.domain.spend.figures import (
    Figure,
    checked_amount,
    checked_campaign,
    checked_sum,
    rounded_sum,
)

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says."""

    source: str | None
    channel: str
    campaign: str
    day: int
    amount: Decimal
    currency: str

    @property
    def key(self) -> tuple[str | None, str, str, int]:
        """What rows must have in common to add up."""
        return self.source, self.channel, self.campaign, self.day


@dataclass(frozen=True)
class SpendPlan:
    """A file whose rows become spend."""

    table: TableFile
    makers: tuple["_Maker", ...]

    def said(self, cells: Cells) -> list[Said]:
        """The figures of a row; ``RowRefused`` when a value is not what the map says."""
        if len(cells) != len(self.table.header):
            message = f"The row has {len(cells)} cells, the header {len(self.table.header)}."
            raise RowRefused(ImportCode.BAD_ROW, message)
        found = (maker.said(cells) for maker in self.makers if maker.holds(cells))
        return [one for one in found if one is not None]


@dataclass(frozen=True)
class _Maker:
    holds: Holds
    source: str | None
    parts: int
    read: dict[str, ReadValue]
    path: Path

    def said(self, cells: Cells) -> Said | None:
        """What a row says; ``None`` without an amount."""
        told = {name: read(cells) for name, read in self.read.items()}
        if told["amount"] is None:
            return None
        for name in ("channel", "day", "currency"):
            if told[name] is None:
                message = f"The {name} is empty."
                raise RowRefused(ImportCode.BAD_VALUE, message, (*self.path, name))
        day = (date.fromisoformat(str(told["day"])) - _EPOCH).days
        try:
            amount = checked_amount(self._number(str(told["amount"])), ()) / self.parts
            whole = amount if self.parts == 1 else rounded_sum(amount, str(told["currency"]))
            checked_sum(whole, str(told["currency"]), ())
            campaign = checked_campaign(str(told["campaign"] or ""), ("campaign",))
        except Refused as refused:
            path = (*self.path, *refused.path)
            raise RowRefused(refused.code, refused.message, path) from None
        currency = str(told["currency"]).strip().upper()
        return Said(self.source, name_key(str(told["channel"])), campaign, day, amount, currency)

    def _number(self, text: str) -> Decimal:
        number = read_number(text)
        if number is None:
            message = f"{text[:80]!r} is no amount."
            raise RowRefused(ImportCode.BAD_VALUE, message, (*self.path, "amount"))
        return number


def spend_plan(path: FilePath, import_map: ImportMap) -> SpendPlan | None:
    """How rows of a file become spend; ``None`` where they become calls."""
    section, place = section_for(import_map, path.name)
    if not section.spends:
        return None
    said = import_map.table
    table = inspect(path, said.encoding, said.delimiter)
    columns, _ = columns_of(table, section, said, place)
    makers = tuple(
        _maker(block, columns, said.time_zone, (*place, "spend", at))
        for at, block in enumerate(section.spends)
    )
    return SpendPlan(table, makers)


@contextmanager
def spend_rows(plan: SpendPlan, limit: int | None) -> Iterator[tuple[Iterator[list[str]], Rows]]:
    """The rows of the file."""
    with open_rows(plan.table) as rows:
        yield islice(rows.cells, limit), rows


@dataclass
class Sums:
    """What the rows said so far add up to. ``channels`` are ids by the keys of names."""

    channels: dict[str, int]
    amounts: dict[tuple[str | None, str, str, int], tuple[Decimal, str]]

    def add(self, said: Sequence[Said]) -> None:
        """Add the figures of a row, all or none."""
        for one in said:
            if one.channel not in self.channels:
                message = f"There is no channel {one.channel!r}."
                raise RowRefused(SpendErrorCode.CHANNEL_NOT_FOUND, message)
            known = self.amounts.get(one.key)
            if known is not None and known[1] != one.currency:
                message = f"The same day and campaign stand above in {known[1]}."
                raise RowRefused(SpendErrorCode.CURRENCIES_MIXED, message)
        sums = dict[tuple[str | None, str, str, int], tuple[Decimal, str]]()
        for one in said:
            before = (sums.get(one.key) or self.amounts.get(one.key) or (Decimal(0), ""))[0]
            sums[one.key] = (before + one.amount, one.currency)
        try:
            for total, currency in sums.values():
                rounded_sum(total, currency)
        except Refused as refused:
            message = "With the rows above it is too large an amount."
            raise RowRefused(refused.code, message) from None
        self.amounts.update(sums)

    def figures(self) -> dict[str | None, list[Figure]]:
        """Figures by their sources."""
        found: dict[str | None, list[Figure]] = {}
        for (source, channel, campaign, day), (amount, currency) in self.amounts.items():
            whole = rounded_sum(amount, currency)
            figure = Figure(self.channels[channel], day, whole, currency, campaign)
            found.setdefault(source, []).append(figure)
        return found


def _maker(block: SpendBlock, columns: Columns, zone: str, path: Path) -> _Maker:
    day = Reading(block.day) if isinstance(block.day, str) else block.day
    if isinstance(day, Reading):
        day = msgspec.structs.replace(day, kind="date")
    named: dict[str, Expression] = {
        "channel": block.channel,
        "campaign": block.campaign if block.campaign is not None else "",
        "day": day,
        "amount": block.amount,
        "currency": block.currency,
    }
    read = {name: value(columns, said, zone, (*path, name)) for name, said in named.items()}
    holds = when(columns, block.when, (*path, "when"))
    return _Maker(holds, block.source, block.parts, read, path)
