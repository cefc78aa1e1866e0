"""``touchline attribution``: what every model says of touches and conversions kept in a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson
from touchline.cli.output import print_json, print_lines, print_table
from touchline.domain.attribution.errors import AttributionErrorCode as Code
from touchline.domain.attribution.journeys import Look, Transform
from touchline.domain.attribution.recorded import USUAL_VALUE, Columns, read
from touchline.domain.attribution.shares import WHOLE
from touchline.domain.attribution.tables import Parting, Table, Tables, tables
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.money import amount_text, checked_currency

_EPILOG = """
Example: touchline attribution touches.csv --journeys split --days 30 --json

docs/guides/attribution.md tells what the models and the options mean.
"""
_PLACES = 6
"""Decimals of conversions: they are shared in millionths."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("attribution", epilog=_EPILOG)(_attribution)


def _attribution(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A row for each touch, as CSV.")],
    journeys: Annotated[
        Parting,
        typer.Option(case_sensitive=False, help="All of a customer, or up to each conversion."),
    ] = Parting.WHOLE,
    days: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Only so long before the end.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, metavar="TOUCHES", help="Only the last so many touches.")
    ] = None,
    transform: Annotated[
        list[Transform] | None,
        typer.Option(case_sensitive=False, help="What is done to journeys, in this order."),
    ] = None,
    customer: Annotated[str, typer.Option(metavar="COLUMN", help="Who.")] = "customer_id",
    time: Annotated[str, typer.Option(metavar="COLUMN", help="When.")] = "time",
    channel: Annotated[str, typer.Option(metavar="COLUMN", help="By which way.")] = "channel",
    conversion: Annotated[
        str, typer.Option(metavar="COLUMN", help="1 where the touch converted.")
    ] = "conversion",
    value: Annotated[
        str, typer.Option(metavar="COLUMN", help="What the conversion is worth.")
    ] = USUAL_VALUE,
    currency: Annotated[str, typer.Option(metavar="CODE", help="Of the values.")] = "EUR",
    direct: Annotated[str, typer.Option(metavar="CHANNEL", help="What counts as direct.")] = (
        "Direct"
    ),
    as_json: AsJson = False,
) -> None:
    """Share the credit for conversions by every model; it opens no database.

    Sums are exact: conversions are shared in millionths, values in minor units.
    """
    known = checked_currency(currency, Code.CURRENCY_UNKNOWN, ("currency",))
    columns = Columns(customer, time, channel, conversion, value)
    look = Look(None if days is None else days * DAY, steps, tuple(transform or ()))
    found = tables(read(file, columns, known, direct), journeys, look)
    if as_json:
        print_json(_told(found, known, journeys))
    else:
        _print(found, known)


def _told(found: Tables, currency: str, journeys: Parting) -> dict[str, Any]:
    return {
        "journeys": {"kind": journeys.value, "count": found.journeys},
        "currency": currency,
        "conversions": found.conversions,
        "value": amount_text(found.value, currency),
        "uncredited": {
            "conversions": found.uncredited[0],
            "value": amount_text(found.uncredited[1], currency),
        },
        "removalEffects": found.effects,
        "models": {table.model.value: _table(table, currency) for table in found.tables},
    }


def _table(table: Table, currency: str) -> dict[str, Any]:
    return {
        "channels": [
            {
                "channel": line.channel,
                "conversions": amount(line.conversions),
                "value": amount_text(line.value, currency),
            }
            for line in table.lines
        ],
        "total": {
            "conversions": amount(sum(line.conversions for line in table.lines)),
            "value": amount_text(sum(line.value for line in table.lines), currency),
        },
    }


def amount(millionths: int) -> str:
    """Conversions as they are printed: all of their decimals, so that nothing is lost."""
    return f"{millionths // WHOLE}.{millionths % WHOLE:0{_PLACES}d}"


def _print(found: Tables, currency: str) -> None:
    print_lines(
        [
            ("journeys", f"{found.journeys:,}"),
            ("conversions", f"{found.conversions:,}"),
            ("value", f"{amount_text(found.value, currency)} {currency}"),
            ("uncredited", f"{found.uncredited[0]:,}"),
        ]
    )
    for table in found.tables:
        typer.echo()
        lines = [
            (line.channel, amount(line.conversions), amount_text(line.value, currency))
            for line in table.lines
        ]
        total = sum(line.conversions for line in table.lines)
        value = sum(line.value for line in table.lines)
        lines.append(("Together", amount(total), amount_text(value, currency)))
        print_table([table.model.value, "CONVERSIONS", currency], lines, "")
