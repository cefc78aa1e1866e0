"""``touchline demo``: a believable year of customers."""

import asyncio
import json
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.progress import Progress

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_lines, print_table
from touchline.cli.progress import counting_bar
from touchline.demo.board import Played
from touchline.demo.calendar import last_sunday
from touchline.demo.filling import KEY_NAME, Filling, fill
from touchline.demo.world import PEOPLE, SEED
from touchline.domain.kernel import clock
from touchline.settings import Settings, load_settings

_EPILOG = "Example: touchline demo --data-dir var/touchline --people 500"
_QUERY = (
    "{ customers(first: 5) { nodes { displayName timeline(first: 3) { nodes { summary } } } } }"
)
_SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo", epilog=_EPILOG)(demo)


def demo(
    data_dir: DataDir = None,
    people: Annotated[
        int, typer.Option(min=1, max=20_000, help="How many people have a year.")
    ] = PEOPLE,
    seed: Annotated[int, typer.Option(min=0, max=99, help="Another seed, another year.")] = SEED,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The year's end; the last Sunday if not given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill the database with a made-up vendor's year, sent through the real collecting API.

    The same seed gives the same year, so doing it again adds nothing, in later weeks neither.
    """
    end = _end(until)
    settings = load_settings(data_dir=data_dir, log_level="warning")
    with counting_bar() as bar:
        filling = asyncio.run(fill(settings, seed, people, end, _Watch(bar)))
    if as_json:
        print_json(_as_json(filling))
    else:
        _tell(filling, settings)


class _Watch:
    """One bar for each stage."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)


def _end(until: str | None) -> date:
    today = datetime.fromtimestamp(clock.now() / clock.SECOND, UTC).date()
    if until is None:
        return last_sunday(today)
    try:
        return date.fromisoformat(until)
    except ValueError:
        raise typer.BadParameter(f"--until {until} is no date such as 2026-11-01") from None


def _tell(filling: Filling, settings: Settings) -> None:
    if filling.touchpoints == 0:
        note("This year was here already; nothing was added.")
    else:
        _tell_story(filling)
    print_lines(
        [
            ("customers", f"{filling.customers_in_all:,} ({filling.customers:,} new)"),
            ("touchpoints", f"{filling.touchpoints:,} new, of {filling.sent.accepted:,} calls"),
            ("merged", f"{filling.merged:,} customers turned out to be known already"),
            ("conversions", f"{filling.conversions:,} by the goals that the demo sets"),
            ("quarantined", f"{filling.sent.rejected:,} calls that could not be taken"),
            ("sent twice", f"{filling.sent.repeats:,} calls, on purpose; each counts once"),
            *_of_work(filling.played),
            ("time", f"{filling.seconds:.1f} s"),
        ]
    )
    place = f"--data-dir {settings.data_dir}" if settings.embedded else ""
    if filling.key:
        print_lines([("API key", filling.key)])
        note("Keep the key now: it is not shown again.")
    else:
        note(f"The key {KEY_NAME!r} was shown when it was made. Another one:")
        note(f"  touchline keys create NAME --scope admin {place}".rstrip())
    url = f"http://{settings.host}:{settings.port}/graphql"
    body = json.dumps({"query": _QUERY})
    key = filling.key or "<key>"
    note(f"\nNext:  touchline serve {place}\nthen open {url}, or ask:")
    note(f"  curl -s {url} -H 'Authorization: Bearer {key}' \\")
    note(f"    -H 'Content-Type: application/json' -d '{body}'")


def _tell_story(filling: Filling) -> None:
    nodes = filling.story.get("timeline", {}).get("nodes", [])
    if not nodes:
        return
    account = filling.story.get("account") or {}
    whose = ", ".join(name for name in (filling.story["displayName"], account.get("name")) if name)
    shown = _some(nodes)
    note(f"{len(shown)} of the {len(nodes)} touchpoints of {whose}, user id {filling.example_id}:")
    rows = [
        (node["occurredAt"][:16].replace("T", " "), _source(node), node["summary"])
        for node in shown
    ]
    print_table(["WHEN", "SOURCE", "WHAT"], rows, "")
    note("")


def _of_work(played: Played | None) -> list[tuple[str, str]]:
    if played is None:
        return []
    tried = [("tried out", f"{name}: {sentence}") for name, sentence in played.findings]
    return [("backlog", f"{played.items} items. {played.forecast}"), *tried]


def _some(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first and the last touchpoint and some between them, the oldest first."""
    told = nodes[::-1]
    step = (len(told) - 1) / (_SHOWN - 1)
    return told if len(told) <= _SHOWN else [told[round(step * place)] for place in range(_SHOWN)]


def _source(node: dict[str, Any]) -> str:
    return str((node.get("source") or {}).get("name", ""))


def _as_json(filling: Filling) -> dict[str, Any]:
    return {
        "customers": filling.customers_in_all,
        "customersAdded": filling.customers,
        "touchpointsAdded": filling.touchpoints,
        "merged": filling.merged,
        "conversions": filling.conversions,
        "accepted": filling.sent.accepted,
        "quarantined": filling.sent.rejected,
        "sentTwice": filling.sent.repeats,
        "backlogItems": filling.played.items if filling.played else 0,
        "seconds": round(filling.seconds, 2),
        "key": filling.key,
        "exampleUserId": filling.example_id,
    }
