"""``touchline schema``: the GraphQL schema as text, and as a page of the documentation."""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from touchline.cli.output import ExitCode, complain, note
from touchline.graphql.reference import reference_text
from touchline.graphql.schema import schema_text

_SHOWN_LINES = 40


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "schema",
        epilog="Examples: touchline schema --write schema.graphql --docs docs/reference/schema.md "
        "· touchline schema --check schema.graphql",
    )(_schema)


def _schema(
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the schema to FILE.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail, and show how, when FILE is not the schema."),
    ] = None,
    docs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the reference page to FILE.")
    ] = None,
    check_docs: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail when FILE is not the reference page."),
    ] = None,
) -> None:
    """Print the GraphQL schema, write it and its reference to files, or compare files with them."""
    if write is not None:
        _write(write, schema_text)
    if docs is not None:
        _write(docs, reference_text)
    if check is not None:
        _compare(check, schema_text(), "--write")
    if check_docs is not None:
        _compare(check_docs, reference_text(), "--docs")
    if write is docs is check is check_docs is None:
        typer.echo(schema_text(), nl=False)


def _write(path: Path, text: Callable[[], str]) -> None:
    try:
        path.write_text(text())
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise typer.Exit(complain(message, ExitCode.USAGE)) from None
    note(f"Wrote {path}.")


def _compare(path: Path, text: str, option: str) -> None:
    try:
        kept = path.read_text()
    except OSError as error:
        raise typer.Exit(
            complain(f"cannot read {path}: {error.strerror}", ExitCode.USAGE)
        ) from None
    if kept == text:
        note(f"{path} is what the schema says.")
        return
    lines = list(
        unified_diff(kept.splitlines(), text.splitlines(), str(path), "schema", lineterm="")
    )
    for line in lines[:_SHOWN_LINES]:
        typer.echo(line)
    message = f"{path} is not what the schema says; run: touchline schema {option} {path}"
    raise typer.Exit(complain(message, ExitCode.REFUSED))
