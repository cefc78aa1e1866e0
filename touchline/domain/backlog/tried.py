"""The experiment that an item is measured by: of those done for it, the one that was begun last."""

from dataclasses import dataclass
from decimal import Decimal

from touchline.domain.experiments.queries import ExperimentState
from touchline.domain.experiments.relations import EXPERIMENT, EXPERIMENT_ARM
from touchline.domain.experiments.verdicts import Verdict
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch, fetch_one

_BILLIONTH = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Tried:
    """What an experiment has shown; figures are decimal numbers as text.

    ``difference`` is that of the best arm to the control, or of the only one there is beside it.
    ``needed`` is how many people an arm needs, where too few were seen for a verdict.
    """

    id: int
    is_over: bool
    verdict: str
    sentence: str
    difference: str | None
    target: str
    started_at: Moment
    ends_at: Moment
    people: int
    needed: int | None
    asset_ids: list[int]


async def tried(item_id: int) -> Tried | None:
    """The experiment that was begun last for an item."""
    needed = EXPERIMENT.column("planned_per_arm").read("e")
    row = await fetch_one(
        f"SELECT e.*, {needed} AS needed FROM {EXPERIMENT.table} e"
        " WHERE e.item_id = ? AND e.started_at IS NOT NULL"
        " ORDER BY e.started_at DESC, e.id DESC LIMIT 1",
        (item_id,),
    )
    if row is None:
        return None
    arms = await fetch(
        f"SELECT * FROM {EXPERIMENT_ARM.table} WHERE experiment_id = ? ORDER BY place", (row["id"],)
    )
    is_unclear = row["verdict"] in (Verdict.INCONCLUSIVE, Verdict.COLLECTING)
    return Tried(
        id=row["id"],
        is_over=row["state"] == ExperimentState.ENDED,
        verdict=row["verdict"],
        sentence=row["verdict_sentence"],
        difference=_difference(row, arms),
        target=_decimal(row["target"]),
        started_at=row["started_at"],
        ends_at=row["ends_at"],
        people=sum(arm["people"] for arm in arms),
        needed=row["needed"] if is_unclear else None,
        asset_ids=sorted({arm["asset_id"] for arm in arms if arm["asset_id"] is not None}),
    )


def _difference(row: Row, arms: list[Row]) -> str | None:
    shown = [arm for arm in arms if arm["id"] == row["best_id"]]
    if not shown and len(arms) == 2:
        shown = arms[1:]
    found = shown[0]["difference"] if shown else None
    return None if found is None else _decimal(found)


def _decimal(billionths: int) -> str:
    return f"{(billionths * _BILLIONTH).normalize():f}"
