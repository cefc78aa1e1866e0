"""``touchline sources``: what sends events, and the write keys it sends them with."""

from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_lines, print_table
from touchline.cli.running import run_command
from touchline.domain.kernel import ids
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import format_moment
from touchline.domain.sources import queries, service
from touchline.domain.sources.types import IssuedWriteKey, SourceKind, SourceView

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the source.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Set up what sends events: websites, apps, servers, forms.", no_args_is_help=True
    )
    group.command("create", epilog="Example: touchline sources create shop --kind website")(_create)
    group.command("list", epilog="Example: touchline sources list --json")(_list)
    group.command("rename", epilog='Example: touchline sources rename shop "Web shop"')(_rename)
    group.command("rotate", epilog="Example: touchline sources rotate shop")(_rotate)
    app.add_typer(group, name="sources")


def _create(
    name: Name,
    kind: Annotated[
        SourceKind, typer.Option(metavar="KIND", help=f"One of {', '.join(SourceKind)}.")
    ] = SourceKind.WEBSITE,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Set up a source and issue its write key."""

    async def create() -> IssuedWriteKey:
        return await service.create_source(SYSTEM, name=name, kind=kind)

    _show_issued(run_command(data_dir, create), as_json)


def _list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the sources by name, with what came from them."""
    sources = run_command(data_dir, lambda: queries.list_sources(SYSTEM))
    if as_json:
        print_json([_as_json(source) for source in sources])
        return
    rows = [
        (
            source.name,
            source.kind.lower(),
            f"{source.accepted_count:,}",
            f"{source.rejected_count:,}",
            "never" if source.last_seen_at is None else format_moment(source.last_seen_at),
        )
        for source in sources
    ]
    print_table(["SOURCE", "KIND", "ACCEPTED", "REJECTED", "LAST SEEN"], rows, "No sources yet.")


def _rename(
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="What it shall be called.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Call a source by another name. Its write keys stay good."""

    async def rename() -> SourceView:
        source = await queries.find_source(SYSTEM, name)
        return await service.rename_source(SYSTEM, source.id, name=new_name)

    renamed = run_command(data_dir, rename)
    if as_json:
        print_json(_as_json(renamed))
    else:
        note(f"{name} is now called {renamed.name}.")


def _rotate(name: Name, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Give a source a new write key; running servers refuse the old ones within two seconds."""

    async def rotate() -> IssuedWriteKey:
        source = await queries.find_source(SYSTEM, name)
        return await service.rotate_write_key(SYSTEM, source.id)

    _show_issued(run_command(data_dir, rotate), as_json)


def _show_issued(issued: IssuedWriteKey, as_json: bool) -> None:
    if as_json:
        print_json({**_as_json(issued.source), "writeKey": issued.secret})
        return
    print_lines([("source", issued.source.name), ("write key", issued.secret)])
    note("Point a Segment SDK at this server with the write key, or POST to /v1/batch with it.")


def _as_json(source: SourceView) -> dict[str, Any]:
    return {
        "id": ids.global_id("Source", source.id),
        "name": source.name,
        "kind": source.kind.lower(),
        "createdAt": format_moment(source.created_at),
        "lastSeenAt": source.last_seen_at and format_moment(source.last_seen_at),
        "acceptedCount": source.accepted_count,
        "rejectedCount": source.rejected_count,
    }
