"""``touchline documents``: the GraphQL documents that clients call by their ids."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_table
from touchline.cli.running import run_command
from touchline.domain.documents import queries, service
from touchline.domain.documents.manifest import read_manifest
from touchline.domain.documents.types import DocumentView, Registered, Vetted
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import format_moment
from touchline.graphql.engine.vetting import Weighed, vet
from touchline.graphql.schema import build_schema


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Register, list and remove the documents that clients call by their ids.",
        no_args_is_help=True,
    )
    group.command("register", epilog="Example: touchline documents register manifest.json")(
        _register
    )
    group.command("list", epilog="Example: touchline documents list --json")(_list)
    group.command("remove", epilog="Example: touchline documents remove 7dba4bd717b4…")(_remove)
    app.add_typer(group, name="documents")


def _register(
    manifest: Annotated[
        Path,
        typer.Argument(
            metavar="MANIFEST",
            help="What Apollo's tools, relay-compiler or graphql-codegen wrote; - reads the input.",
        ),
    ],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Register every document of a manifest, or none if one is not sound. Tells what each costs.

    Running servers know them at once. Doing it again adds nothing.
    """
    try:
        raw = sys.stdin.buffer.read() if str(manifest) == "-" else manifest.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{manifest} cannot be read: {error.strerror}") from None
    weighed = vet(build_schema(), read_manifest(raw))
    documents = [one.document for one in weighed]
    added = run_command(data_dir, lambda: _registered(documents)).added
    told = [_weighed_as_json(one, added) for one in weighed]
    if as_json:
        known = len(documents) - len(added)
        print_json({"added": len(added), "known": known, "documents": told})
        return
    rows = [
        (
            *(one["id"], one["name"] or "", one["kind"], _cost(one["cost"])),
            "added" if one["added"] else "known",
        )
        for one in told
    ]
    print_table(["ID", "NAME", "KIND", "COST", ""], rows, "The manifest holds no documents.")


def _list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the registered documents by name."""
    documents = run_command(data_dir, lambda: queries.list_documents(SYSTEM))
    if as_json:
        print_json([_as_json(one) for one in documents])
        return
    rows = [
        (one.id, one.name or "", one.kind, f"{one.characters:,}", format_moment(one.registered_at))
        for one in documents
    ]
    print_table(["ID", "NAME", "KIND", "CHARACTERS", "REGISTERED"], rows, "No documents yet.")


def _remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Their ids, as listed.")],
    data_dir: DataDir = None,
) -> None:
    """Remove documents. Running servers refuse them within two seconds."""
    run_command(data_dir, lambda: _removed(ids))
    note(f"Removed {len(set(ids))}.")


async def _registered(documents: list[Vetted]) -> Registered:
    return await service.register(SYSTEM, documents)


async def _removed(ids: list[str]) -> None:
    await service.remove(SYSTEM, ids)


def _cost(cost: dict[str, int]) -> str:
    least, most = cost["least"], cost["most"]
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _weighed_as_json(one: Weighed, added: frozenset[str]) -> dict[str, Any]:
    return {
        "id": one.document.id,
        "name": one.document.name,
        "kind": one.document.kind,
        "cost": {"least": one.least, "most": one.most},
        "added": one.document.id in added,
    }


def _as_json(one: DocumentView) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "characters": one.characters,
        "registeredAt": format_moment(one.registered_at),
    }
