"""``touchline recompute``: work out anew, for all customers, what rules say of them."""

from typing import Annotated

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import print_json, print_table
from touchline.cli.running import run_command
from touchline.domain.attribution import upkeep as attribution
from touchline.domain.channels import backfilling as channels
from touchline.domain.conversions import upkeep as conversions
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.links import locating
from touchline.domain.performance import rollups as performance
from touchline.domain.scoring import verifying as scoring
from touchline.domain.segments.upkeep import rebuild_segments
from touchline.domain.stages.service import place_everybody
from touchline.domain.staleness import setting_aside
from touchline.domain.tags import upkeep as tags
from touchline.domain.vocabulary.leaves import LEAVES as LEAVES

Named = Annotated[
    str | None, typer.Option("--segment", help="Only the segment of this name.", metavar="NAME")
]


OfModel = Annotated[
    str | None, typer.Option("--model", help="Only the model of this name.", metavar="NAME")
]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Work out anew, for all customers, what rules say of them.", no_args_is_help=True
    )
    group.command("segments", epilog="Example: touchline recompute segments --json")(_segments)
    group.command("tags", epilog="Example: touchline recompute tags --json")(_tags)
    group.command("scores", epilog="Example: touchline recompute scores --model Maturity")(_scores)
    group.command("stages", epilog="Example: touchline recompute stages --json")(_stages)
    group.command("channels", epilog="Example: touchline recompute channels --json")(_channels)
    group.command("content", epilog="Example: touchline recompute content --json")(_content)
    group.command("conversions", epilog="Example: touchline recompute conversions --json")(
        _conversions
    )
    group.command("attribution", epilog="Example: touchline recompute attribution --json")(
        _attribution
    )
    group.command("performance", epilog="Example: touchline recompute performance --json")(
        _performance
    )
    group.command("set-aside", epilog="Example: touchline recompute set-aside --json")(_set_aside)
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


def _tags(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Hold every tag rule against all customers, and weigh all tags; persons' words stay."""
    rebuilt = run_command(data_dir, tags.rebuild)
    if as_json:
        print_json(
            [
                {"rule": one.rule or None, "customers": one.matched, "changed": one.changed}
                for one in rebuilt
            ]
        )
        return
    rows = [
        (one.rule or "All tags weighed", f"{one.matched:,}", f"{one.changed:,}") for one in rebuilt
    ]
    print_table(["RULE", "CUSTOMERS", "CHANGED"], rows, "No rules.")


def _scores(model: OfModel = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Make the scores of each model in force anew; those before count until these are whole."""
    made = run_command(data_dir, lambda: scoring.rebuild(SYSTEM, model))
    if as_json:
        print_json(
            [{"model": one.model, "scores": one.scores, "changed": one.differ} for one in made]
        )
        return
    rows = [(one.model, f"{one.scores:,}", f"{one.differ:,}") for one in made]
    print_table(["MODEL", "SCORES", "CHANGED"], rows, "No scoring model is in force.")


def _stages(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Place every customer on the journey anew; persons' words stay."""
    moved = run_command(data_dir, _placed)
    if as_json:
        print_json({"moved": moved})
    else:
        print_table(["MOVED"], [(f"{moved:,}",)], "")


def _channels(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Say of touchpoints that lack it where they came from, and count all days by channel anew."""
    told, counted = run_command(data_dir, channels.recompute)
    if as_json:
        print_json({"told": told, "touchpoints": counted})
    else:
        print_table(["TOLD", "TOUCHPOINTS"], [(f"{told:,}", f"{counted:,}")], "")


def _content(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Say of touchpoints that lack it of which content they speak, and count them there."""
    told = run_command(data_dir, _located)
    if as_json:
        print_json({"told": told})
    else:
        print_table(["TOLD"], [(f"{told:,}",)], "")


def _conversions(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Make the conversions of every goal anew from the log; refunds by hand stay."""
    made = run_command(data_dir, conversions.rebuild)
    if as_json:
        print_json(
            [
                {"goal": one.name, "conversions": one.conversions, "changed": one.changed}
                for one in made
            ]
        )
        return
    rows = [(one.name, f"{one.conversions:,}", f"{one.changed:,}") for one in made]
    print_table(["GOAL", "CONVERSIONS", "CHANGED"], rows, "No goals.")


def _performance(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Count anew what happened with content, on every day and by every channel."""
    counted = run_command(data_dir, _counted)
    if as_json:
        print_json({"counted": counted})
    else:
        print_table(["COUNTED"], [(f"{counted:,}",)], "")


async def _located() -> int:
    told = await locating.recompute()
    if told:
        await performance.rebuild()
    return told


async def _counted() -> int:
    return await performance.rebuild()


async def _placed() -> int:
    return await place_everybody(SYSTEM)


def _attribution(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Work out the effects of channels, share all credit and sum all days anew."""
    rebuilt = run_command(data_dir, attribution.rebuild)
    if as_json:
        goals = [
            {
                "goal": one.name,
                "paths": one.paths,
                "conversions": one.conversions,
                "channels": one.channels,
            }
            for one in rebuilt.fitted
        ]
        print_json({"changed": rebuilt.conversions, "changedDays": rebuilt.days, "goals": goals})
        return
    rows = [
        (one.name, f"{one.paths:,}", f"{one.conversions:,}", f"{one.channels:,}")
        for one in rebuilt.fitted
    ]
    print_table(["GOAL", "PATHS", "CONVERSIONS", "CHANNELS"], rows, "No goals.")


def _set_aside(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Have the customers judged again whom nothing could judge; workers do it."""
    marked = run_command(data_dir, _retried)
    if as_json:
        print_json({"customers": marked})
    else:
        print_table(["CUSTOMERS"], [(f"{marked:,}",)], "")


async def _retried() -> int:
    return await setting_aside.retry()
