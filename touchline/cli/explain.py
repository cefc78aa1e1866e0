"""``touchline explain``: what would be done with a GraphQL document."""

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from touchline.cli.options import AsJson
from touchline.cli.output import ExitCode, complain, print_json
from touchline.graphql.engine.explaining import Explained, NotExplained, explain
from touchline.graphql.schema import build_schema

_EXAMPLES = """Examples: touchline explain page.graphql --variables '{"id": "Customer_1"}'

echo '{ customers(first: 5) { nodes { id } } }' | touchline explain - --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("explain", epilog=_EXAMPLES)(_explain)


def _explain(
    document: Annotated[
        Path, typer.Argument(metavar="FILE", help="A GraphQL document; - reads it from the input.")
    ],
    variables: Annotated[
        str, typer.Option(metavar="JSON", help="The variables it is sent with.")
    ] = "{}",
    operation: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which of its operations is meant.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print what a query costs at most, which root fields are compiled, and the SQL of both.

    It opens no database and sends nothing.
    """
    text, given = _text(document), _object(variables)
    try:
        told = explain(build_schema(), text, given, operation)
    except NotExplained as error:
        raise typer.Exit(complain(str(error), ExitCode.REFUSED)) from None
    if as_json:
        fields = {
            key: {"compiled": not why, "why": why or None} for key, why in told.fields.items()
        }
        print_json({"cost": told.cost, "most": told.most, "fields": fields, "sql": told.sql})
    else:
        _print(told)


def _text(document: Path) -> str:
    try:
        given = sys.stdin.buffer.read() if str(document) == "-" else document.read_bytes()
        return given.decode()
    except OSError as error:
        message = f"cannot read {document}: {error.strerror}"
    except UnicodeDecodeError as error:
        message = f"{document} is not UTF-8: byte {error.start:,} begins no character"
    raise typer.Exit(complain(message, ExitCode.USAGE))


def _object(variables: str) -> dict[str, Any]:
    try:
        given: Any = orjson.loads(variables)
    except ValueError as error:
        message = f"--variables is no JSON object: {error}"
    else:
        if isinstance(given, dict):
            return given
        message = "--variables is no JSON object: it is something else"
    raise typer.Exit(complain(message, ExitCode.USAGE))


def _print(told: Explained) -> None:
    refused = f"; it is refused, for {told.most:,} is allowed" if told.cost > told.most else ""
    typer.echo(f"-- cost: at most {told.cost:,}{refused}")
    for key, why in told.fields.items():
        typer.echo(f"-- {key}: {f'field by field ({why})' if why else 'compiled'}")
    for dialect, sql in told.sql.items():
        if sql:
            typer.echo(f"\n-- {dialect}\n{sql};")
