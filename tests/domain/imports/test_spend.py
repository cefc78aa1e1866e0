"""Exports of ad platforms become figures of spend."""

from pathlib import Path
from typing import Any

import pytest

from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.imports.mapping import parse_map, read_map
from touchline.domain.imports.service import Report, Request, import_file, preview
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings

EXAMPLE = Path(__file__).parents[3] / "examples" / "ad_spend.toml"
MAP = """
[[spend]]
source = "Ads"
channel = "{channel}"
campaign = "{campaign}"
day = "{day}"
amount = "{micros}"
parts = 1_000_000
currency = { from = "{currency}", otherwise = "EUR" }
"""
HEADER = "channel,campaign,day,micros,currency\n"


def request(folder: Path, rows: str, text: str = MAP) -> Request:
    path = folder / "ads.csv"
    path.write_text(HEADER + rows)
    return Request(path, parse_map(text), "Exports", folder / "rejected.csv")


async def run(settings: Settings, wanted: Request) -> Report:
    return await import_file(SYSTEM, settings, wanted, lambda _report: None)


async def stored() -> list[tuple[Any, ...]]:
    rows = await fetch(
        "SELECT c.name, s.campaign, s.day, s.source, s.amount_minor, s.currency"
        " FROM channel_spend s JOIN channel c ON c.id = s.channel_id ORDER BY s.id"
    )
    return [tuple(row[at] for at in range(6)) for row in rows]


async def test_rows_of_a_campaign_and_day_add_up_and_a_newer_export_corrects_them(
    db: Settings, tmp_path: Path
) -> None:
    rows = (
        "Paid search,Spring,2026-03-01 05:00:00,1004000,\n"
        "paid search,SPRING,2026-03-01T09:00:00Z,1004000,\n"
        "Display,,2026-03-02,20000000,USD\n"
        "Display,,2026-03-03,,USD\n"
    )
    report = await run(db, request(tmp_path, rows))
    assert (report.rows, report.passed_over, report.figures, report.rejected) == (4, 1, 2, 0)
    kept = [
        ("Display", "", 20514, "Ads", 2000, "USD"),
        ("Paid search", "spring", 20513, "Ads", 201, "EUR"),
    ]
    assert sorted(await stored()) == kept
    again = await run(db, request(tmp_path, rows))
    assert (again.figures, sorted(await stored())) == (0, kept)
    newer = await run(db, request(tmp_path, "Paid search,Spring,2026-03-01,5000000,\n"))
    assert newer.figures == 1
    assert ("Paid search", "spring", 20513, "Ads", 500, "EUR") in await stored()


async def test_rows_that_are_no_spend_are_rejected_with_their_reason(
    db: Settings, tmp_path: Path
) -> None:
    rows = (
        "Paid search,a,2026-03-01,-1000000,\n"
        "Nowhere,a,2026-03-01,1000000,\n"
        "Paid search,a,no day,1000000,\n"
        "Paid search,a,2026-03-01,much,\n"
        "Paid search,a,2026-03-01,1000000,XYZ\n"
        "Paid search,a,2026-03-01,1000000,EUR\n"
        "Paid search,a,2026-03-01,1000000,USD\n"
    )
    report = await run(db, request(tmp_path, rows))
    assert (report.figures, report.rejected) == (1, 6)
    assert await stored() == [("Paid search", "a", 20513, "Ads", 100, "EUR")]
    told = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[5] for line in told] == [
        *("SPEND_NEGATIVE", "CHANNEL_NOT_FOUND", "BAD_VALUE", "BAD_VALUE", "CURRENCY_UNKNOWN"),
        "CURRENCIES_MIXED",
    ]


async def test_amounts_that_no_money_is_cost_their_row_and_millionths_are_rounded_once_summed(
    db: Settings, tmp_path: Path
) -> None:
    rows = (
        "Paid search,a,2026-03-01,1e9999999,\n"
        "Paid search,a,2026-03-01,1e-9999999,\n"
        "Paid search,a,2026-03-01,-4000,\n"
        "Paid search,a,2026-03-01,NaN,\n"
        "Paid search,a,2026-03-01,1004000,\n"
        "Paid search,a,2026-03-01,1004000,\n"
        "Paid search,a,2026-03-01,5000000000000000000,\n"
        "Paid search,a,2026-03-01,5000000000000000000,\n"
    )
    report = await run(db, request(tmp_path, rows))
    assert (report.figures, report.rejected) == (1, 4)
    assert await stored() == [("Paid search", "a", 20513, "Ads", 500_000_000_000_201, "EUR")]
    told = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[5] for line in told] == [
        *("BAD_VALUE", "SPEND_NEGATIVE", "BAD_VALUE", "AMOUNT_INVALID"),
    ]


async def test_a_written_amount_has_no_more_decimals_than_its_currency(
    db: Settings, tmp_path: Path
) -> None:
    whole = MAP.replace("parts = 1_000_000\n", "")
    rows = "Display,,2026-03-01,1.005,\nDisplay,,2026-03-01,1.50,\nDisplay,,2026-03-01,-0.004,\n"
    report = await run(db, request(tmp_path, rows, whole))
    assert (report.figures, report.rejected) == (1, 2)
    assert [row[4] for row in await stored()] == [150]


async def test_a_preview_shows_figures_and_records_none(db: Settings, tmp_path: Path) -> None:
    wanted = request(tmp_path, "Display,,2026-03-02,20000000,USD\n")
    report, shown = preview(db, wanted, lambda _report: None)
    assert report.rows == 1
    day = {"channel": "display", "campaign": "", "day": "2026-03-02"}
    assert shown == [{**day, "amount": "20", "currency": "USD"}]
    assert await stored() == []


def test_a_part_of_a_map_makes_calls_or_spend() -> None:
    with pytest.raises(ImportRefused) as refused:
        parse_map(MAP + '\n[[call]]\ntype = "track"\n')
    assert refused.value.code == ImportCode.MAP_INVALID


def test_the_map_for_ad_platforms_can_be_read() -> None:
    assert len(read_map(EXAMPLE).files) == 11
