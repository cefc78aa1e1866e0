"""``touchline schema``: the GraphQL schema as text."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from touchline.cli.output import ExitCode, complain, note
from touchline.graphql.schema import schema_text

_SHOWN_LINES = 40


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "schema",
        epilog="Examples: touchline schema --write schema.graphql · "
        "touchline schema --check schema.graphql",
    )(_schema)


def _schema(
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the schema to FILE.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail, and show how, when FILE is not the schema."),
    ] = None,
) -> None:
    """Print the GraphQL schema, write it to a file, or compare a file with it."""
    text = schema_text()
    if check is not None:
        _compare(check, text)
    elif write is not None:
        write.write_text(text)
        note(f"Wrote {write}.")
    else:
        typer.echo(text, nl=False)


def _compare(path: Path, text: str) -> None:
    try:
        kept = path.read_text()
    except OSError as error:
        raise typer.Exit(
            complain(f"cannot read {path}: {error.strerror}", ExitCode.USAGE)
        ) from None
    if kept == text:
        note(f"{path} is the schema.")
        return
    lines = list(
        unified_diff(kept.splitlines(), text.splitlines(), str(path), "schema", lineterm="")
    )
    for line in lines[:_SHOWN_LINES]:
        typer.echo(line)
    message = f"{path} is not the schema of the code; run: touchline schema --write {path}"
    raise typer.Exit(complain(message, ExitCode.REFUSED))
