"""``touchline explain``: what would be done with a GraphQL document."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from touchline.cli.options import AsJson
from touchline.cli.output import ExitCode, complain, print_json
from touchline.graphql.engine.explaining import Explained, NotExplained, explain
from touchline.graphql.schema import build_schema


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "explain", epilog='Example: touchline explain page.graphql --variables \'{"id": "…"}\''
    )(_explain)


def _explain(
    document: Annotated[Path, typer.Argument(metavar="FILE", help="A GraphQL document.")],
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
    try:
        given: Any = orjson.loads(variables)
        told = explain(build_schema(), document.read_text(), _object(given), operation)
    except OSError as error:
        message = f"cannot read {document}: {error.strerror}"
        raise typer.Exit(complain(message, ExitCode.USAGE)) from None
    except ValueError as error:
        message = f"--variables is no JSON object: {error}"
        raise typer.Exit(complain(message, ExitCode.USAGE)) from None
    except NotExplained as error:
        raise typer.Exit(complain(str(error), ExitCode.REFUSED)) from None
    if as_json:
        fields = {
            key: {"compiled": not why, "why": why or None} for key, why in told.fields.items()
        }
        print_json({"cost": told.cost, "fields": fields, "sql": told.sql})
    else:
        _print(told)


def _object(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("it is something else")
    return given


def _print(told: Explained) -> None:
    typer.echo(f"-- cost: at most {told.cost}")
    for key, why in told.fields.items():
        typer.echo(f"-- {key}: {f'field by field ({why})' if why else 'compiled'}")
    for dialect, sql in told.sql.items():
        if sql:
            typer.echo(f"\n-- {dialect}\n{sql};")
