"""The commands by name, each imported only when it is called.

Most commands need a small part of Touchline: making a key must not wait for the GraphQL schema.
"""

import importlib
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class Listed:
    """A command or group: the file under ``touchline.cli`` it stands in, and what lists say of it.

    The file has ``register(app)``, which adds it to a command line.
    """

    file: str
    help: str


COMMANDS = {
    "serve": Listed("serve", "Serve collecting and GraphQL until stopped."),
    "worker": Listed("worker", "Identify landed events and run jobs until stopped."),
    "demo": Listed("demo", "Fill the database with a made-up vendor's year."),
    "import": Listed("imports", "Turn the rows of tables into calls."),
    "keys": Listed("keys", "Issue, list, rotate and revoke the API keys of GraphQL callers."),
    "members": Listed("members", "Say who belongs to the team, and as what."),
    "backlog": Listed("backlog", "Bring tables of items into a backlog, and take them out."),
    "sources": Listed("sources", "Set up what sends events: websites, apps, servers, forms."),
    "documents": Listed("documents", "Register, list and remove documents called by their ids."),
    "doctor": Listed("doctor", "Look at every part of an installation."),
    "recompute": Listed("recompute", "Work out anew, for all customers, what rules say of them."),
    "attribution": Listed("attribution", "Share the credit for conversions kept in a file."),
    "jobs": Listed("jobs", "See how many jobs wait, and mend those that failed too often."),
    "migrate": Listed("migrate", "Bring the database to the present tables."),
    "schema": Listed("schema", "Print the GraphQL schema, write it, or compare files with it."),
    "explain": Listed("explain", "Print what a query costs at most, and its SQL."),
}


def load(name: str) -> Any:
    """Import the command or group of that name: what may be run or asked for its options."""
    app = typer.Typer(rich_markup_mode="rich")
    importlib.import_module(f"touchline.cli.{COMMANDS[name].file}").register(app)
    return typer.main.get_group(app).commands[name]


class LoadedOnUse(TyperGroup):
    """The group of all commands. It lists them from the table and imports the one it runs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, listed in COMMANDS.items():
            self.add_command(TyperCommand(name, help=listed.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The real command that the first word names; an unknown word is refused as ever."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, None if name is None else load(name), rest
