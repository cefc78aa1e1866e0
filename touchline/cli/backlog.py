"""``touchline backlog``: tables of items come in, and go out."""

from pathlib import Path
from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import ExitCode, note, print_json, print_lines, print_table
from touchline.cli.progress import counting_bar
from touchline.cli.running import run_command
from touchline.domain.backlog.bringing import find_backlog
from touchline.domain.backlog.exporting import MARK, exported
from touchline.domain.imports.backlog_map import BacklogMap, read_backlog_map
from touchline.domain.imports.backlogs import BacklogReport, import_backlog
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.members.queries import find_member, present_member
from touchline.domain.vocabulary.leaves import LEAVES as LEAVES

_IMPORT = """
Examples: touchline backlog import items.csv --backlog Marketing --as ada@acme.com --dry-run ·
touchline backlog import jira.csv --backlog Marketing --as ada@acme.com --map
examples/backlog/jira.toml

Exit codes: 0 done · 1 a row is bad and nothing was written, or refused · 2 wrong usage.
docs/guides/backlog.md tells of columns and maps.
"""
_EXPORT = """
Example: touchline backlog export --backlog Marketing --output items.csv
"""
Name = Annotated[
    str, typer.Option("--backlog", metavar="NAME", help="The backlog, by its name or id.")
]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Bring tables of items into a backlog, and take them out.", no_args_is_help=True
    )
    group.command("import", epilog=_IMPORT)(_import)
    group.command("export", epilog=_EXPORT)(_export)
    app.add_typer(group, name="backlog")


def _import(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Delimited text of any encoding, with a header.")
    ],
    backlog: Name,
    member: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="EMAIL",
            help="The member who brings them in; the Owner places them, others propose them.",
        ),
    ],
    map_file: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help="What the table calls otherwise, in TOML."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and judge every row; write nothing.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--update", help="Write anew of known items what the table fills in."),
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad rows out, in place of writing nothing.")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Bring items in, in their order. Doing it again adds nothing."""
    known = BacklogMap() if map_file is None else read_backlog_map(map_file)

    async def bring() -> BacklogReport:
        with counting_bar() as bar:
            task = bar.add_task(file.name, total=None)
            return await import_backlog(
                await _acting(member),
                await find_backlog(backlog),
                file,
                known,
                update=update,
                skip_bad=skip_bad,
                dry_run=dry_run,
                watch=lambda rows: bar.update(task, completed=rows),
            )

    report = run_command(data_dir, bring)
    if as_json:
        print_json(_as_json(report))
    else:
        _show(report, dry_run=dry_run)
    if report.bad and not skip_bad:
        raise typer.Exit(ExitCode.REFUSED)


def _export(
    backlog: Name,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write it; else to standard output."),
    ] = None,
    delimiter: Annotated[
        str, typer.Option(metavar="SIGN", help="What stands between cells: , or ;")
    ] = ",",
    data_dir: DataDir = None,
) -> None:
    """Write all items of a backlog as a table that any spreadsheet opens."""
    if delimiter not in (",", ";"):
        raise typer.BadParameter("cells are told apart by , or ;", param_hint="--delimiter")

    async def export() -> str:
        return await exported(await find_backlog(backlog), delimiter=delimiter)

    text = run_command(data_dir, export)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(MARK + text, encoding="utf-8", newline="")
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}"
        raise typer.BadParameter(message, param_hint="--output") from None
    note(f"Wrote {output}.")


async def _acting(email: str) -> Actor:
    """The member, with a key's right to take part and no more."""
    found = await find_member(SYSTEM, email)
    member = await present_member(found.id, "email")
    scopes = frozenset({Scope.TEAM})
    return Actor(ActorKind.SYSTEM, None, member.name, scopes, member_id=member.id, role=member.role)


def _show(report: BacklogReport, *, dry_run: bool) -> None:
    if report.bad:
        rows = [(str(bad.line), bad.column, bad.code, bad.message) for bad in report.bad]
        print_table(["LINE", "COLUMN", "CODE", "WHY"], rows, "")
    print_lines(
        [
            ("rows", f"{report.rows:,}"),
            ("to the list", f"{report.listed:,}"),
            ("as proposals", f"{report.proposed:,}"),
            ("there already", f"{report.known:,}, {report.changed:,} changed"),
            ("finished work", f"{report.passed_over:,}"),
            ("bad", f"{len({bad.line for bad in report.bad}):,}"),
        ]
    )
    if report.unused:
        note(f"Nobody read the columns {', '.join(report.unused)}.")
    if not report.may_list:
        note("Only the Owner places items in the list; all come as proposals.")
    if not report.was_written:
        note("Nothing was written." if dry_run else "Nothing was written, for rows are bad.")


def _as_json(report: BacklogReport) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "listed": report.listed,
        "proposed": report.proposed,
        "known": report.known,
        "changed": report.changed,
        "unchanged": report.known - report.changed,
        "passedOver": report.passed_over,
        "written": report.was_written,
        "bad": [
            {"line": bad.line, "column": bad.column, "code": bad.code, "message": bad.message}
            for bad in report.bad
        ],
        "unused": report.unused,
    }
