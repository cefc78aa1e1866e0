"""Experiments for tests, and the people that are seen in their arms."""

from itertools import count
from typing import Any

import orjson

from touchline.domain.conditions.tree import Comparison, Did, Operator, Where
from touchline.domain.experiments.drafting import NewArm, NewExperiment, create_experiment
from touchline.domain.experiments.service import start_experiment
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import MINUTE, now
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import insert_rows

VIEWED, BOUGHT = "Experiment Viewed", "Bought"
_numbers = count(1)


def viewed(variation: str) -> Did:
    """That a variation was shown."""
    said = Comparison(Operator.EQUALS, variation)
    return Did(event=VIEWED, where=(Where("variation_name", said),))


def an_arm(name: str, **more: Any) -> NewArm:
    """An arm whose people were shown the variation of its name."""
    return NewArm(name, deed=viewed(name), **more)


async def an_experiment(*arms: NewArm, **more: Any) -> int:
    """One that is under way, of arms A and B; returns its id."""
    experiment = await a_drafted_experiment(*arms, **more)
    await start_experiment(SYSTEM, experiment, reason="They come by and by")
    return experiment


async def a_drafted_experiment(*arms: NewArm, **more: Any) -> int:
    """One that has not begun, of arms A and B; returns its id."""
    wish = {
        "name": "Short form",
        "hypothesis": "A short form is filled in more often.",
        "deed": Did(event=BOUGHT),
        "target": 0.2,
        "baseline": 0.2,
        "shortest": 0,
        "arms": arms or (an_arm("A"), an_arm("B")),
        **more,
    }
    return await create_experiment(SYSTEM, NewExperiment(**wish))


async def people(number: int) -> list[int]:
    """New customers; returns their ids."""
    moment = now()
    names = ["display_name", "known_as", "is_identified", "first_seen_at", "last_seen_at"]
    rows = await insert_rows(
        "customer",
        [*names, "created_at"],
        [("Somebody", "", True, moment, moment, moment) for _ in range(number)],
        returning="id",
    )
    return [row["id"] for row in rows]


async def did(
    customers: list[int], name: str, *, after: int = MINUTE, asset: int | None = None, **said: Any
) -> None:
    """Each of them did this so long (ms) from now."""
    moment = now() + after
    properties = orjson.dumps(said).decode()
    await insert_rows(
        "touchpoint",
        [
            *("customer_id", "source_id", "message_id", "type", "name", "summary", "occurred_at"),
            *("received_at", "clock", "properties", "context", "asset_id"),
        ],
        [
            (
                *(one, 1, f"e{next(_numbers)}", "TRACK", name, name, moment),
                *(moment, "ORIGINAL", properties, "{}", asset),
            )
            for one in customers
        ],
    )


async def shown_and_bought(variation: str, number: int, buyers: int, **said: Any) -> list[int]:
    """So many people were shown a variation, and some of them bought after it."""
    customers = await people(number)
    await did(customers, VIEWED, variation_name=variation)
    await did(customers[:buyers], BOUGHT, after=2 * MINUTE, **said)
    return customers


async def found(experiment: int) -> Row:
    """The experiment as it is stored."""
    (row,) = await fetch("SELECT * FROM experiment WHERE id = ?", (experiment,))
    return row


async def figures(experiment: int) -> list[tuple[str, int, int]]:
    """Name, people and conversions of each arm, as stored."""
    rows = await fetch(
        "SELECT name, people, conversions FROM experiment_arm WHERE experiment_id = ?"
        " ORDER BY place",
        (experiment,),
    )
    return [(row["name"], row["people"], row["conversions"]) for row in rows]
