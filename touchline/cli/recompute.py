"""``touchline recompute``: work out anew, for all customers, what rules say of them."""

from typing import Annotated

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import print_json, print_table
from touchline.cli.running import run_command
from touchline.domain.segments.upkeep import rebuild_segments

Named = Annotated[
    str | None, typer.Option("--segment", help="Only the segment of this name.", metavar="NAME")
]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Work out anew, for all customers, what rules say of them.", no_args_is_help=True
    )
    group.command("segments", epilog="Example: touchline recompute segments --json")(_segments)
    group.callback()(lambda: None)
    app.add_typer(group, name="recompute")


def _segments(segment: Named = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Work out who is in each segment; it may run while a server does.

    What is found is what was kept live, unless something was lost or changed by hand.
    """
    rebuilt = run_command(data_dir, lambda: rebuild_segments(segment))
    if as_json:
        print_json(
            [
                {
                    "segment": name,
                    "members": built.members,
                    "entered": built.entered,
                    "left": built.left,
                }
                for name, built in rebuilt
            ]
        )
        return
    rows = [
        (name, f"{built.members:,}", f"{built.entered:,}", f"{built.left:,}")
        for name, built in rebuilt
    ]
    print_table(["SEGMENT", "MEMBERS", "ENTERED", "LEFT"], rows, "No segments.")
