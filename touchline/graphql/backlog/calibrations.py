"""How a team's estimates compare with what came, in the schema."""

import strawberry

from touchline.domain.backlog.calibrating import FEWEST, Calibration, OfLevel, OfPace
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.types import entity

_ENOUGH = f"null for fewer than {FEWEST}"


@entity(permission=READ, description="How long items of a size take.")
class EffortCalibration:
    """Of what was pulled and launched."""

    id: strawberry.ID = attribute(description=MADE_ID)
    effort: int = attribute(description="The size.")
    item_count: int = attribute(description="How many items there were.")
    median_cycle_days: float | None = attribute(
        description=f"Days from the first pull to the launch, in the median; {_ENOUGH}."
    )
    ratio: float | None = attribute(
        description=(
            "Days by point beside those of all sizes: 1 is as long as its size says, 2 twice as "
            f"long; {_ENOUGH}."
        )
    )


@entity(permission=READ, description="How often items of a worth worked.")
class ValueCalibration:
    """Of what was measured, and something clear came of it."""

    id: strawberry.ID = attribute(description=MADE_ID)
    level: int = attribute(description="The level that was written, from 1 to 5.")
    item_count: int = attribute(description="How many items there were.")
    worked_share: float | None = attribute(description=f"Which share of them worked; {_ENOUGH}.")


@entity(permission=READ, description="How often targets were reached.")
class TargetCalibration:
    """Of what was measured by its metric."""

    id: strawberry.ID = attribute(description=MADE_ID)
    item_count: int = attribute(description="How many items there were.")
    reached_share: float | None = attribute(
        description=f"Which share of them reached their target; {_ENOUGH}."
    )
    median_attainment: float | None = attribute(
        description=f"The figure by the target, in the median; {_ENOUGH}."
    )


@entity(permission=READ, description="What was expected beside what came.")
class PaceCalibration:
    """Of weeks, by items; of cycles, by points."""

    id: strawberry.ID = attribute(description=MADE_ID)
    count: int = attribute(description="How many weeks or cycles there were.")
    expected: float | None = attribute(description=f"What was expected, on average; {_ENOUGH}.")
    actual: float | None = attribute(description=f"What came, on average; {_ENOUGH}.")
    ratio: float | None = attribute(description="What came by what was expected.")


@entity(permission=READ, description="How a team's estimates compare with what came.")
class BacklogCalibration:
    """Of what was launched in the last 365 days."""

    id: strawberry.ID = attribute(description=MADE_ID)
    fewest: int = attribute(description="Nothing is said of fewer than so many.")
    efforts: list[EffortCalibration] = attribute(description="By size.")
    customer_value: list[ValueCalibration] = attribute(description="By value to customers.")
    business_value: list[ValueCalibration] = attribute(description="By value to the business.")
    targets: TargetCalibration = attribute(description="Of targets.")
    forecast: PaceCalibration = attribute(
        description=(
            "Items launched in each of the last weeks, at most twelve, beside the mean of the "
            "weeks before it of which a forecast draws."
        )
    )
    cycles: PaceCalibration = attribute(
        description="Points done in closed cycles beside those that were planned."
    )
    sentence: str = attribute(description="The same in one plain sentence.")


def shown(backlog: int, found: Calibration) -> BacklogCalibration:
    """A calibration as the schema shows it."""
    targets = found.targets
    return BacklogCalibration(
        id=made_id("calibration", backlog),
        fewest=FEWEST,
        efforts=[
            EffortCalibration(
                id=made_id("calibration", backlog, "effort", one.effort),
                effort=one.effort,
                item_count=one.items,
                median_cycle_days=one.median_days,
                ratio=one.ratio,
            )
            for one in found.efforts
        ],
        customer_value=[_level(backlog, "customer", one) for one in found.customer_levels],
        business_value=[_level(backlog, "business", one) for one in found.business_levels],
        targets=TargetCalibration(
            id=made_id("calibration", backlog, "targets"),
            item_count=targets.items,
            reached_share=targets.reached_share,
            median_attainment=targets.attained,
        ),
        forecast=_pace(backlog, "forecast", found.forecast),
        cycles=_pace(backlog, "cycles", found.cycles),
        sentence=found.sentence,
    )


def _level(backlog: int, of: str, found: OfLevel) -> ValueCalibration:
    return ValueCalibration(
        id=made_id("calibration", backlog, of, found.level),
        level=found.level,
        item_count=found.items,
        worked_share=found.worked_share,
    )


def _pace(backlog: int, of: str, found: OfPace) -> PaceCalibration:
    return PaceCalibration(
        id=made_id("calibration", backlog, of),
        count=found.count,
        expected=found.expected,
        actual=found.actual,
        ratio=found.ratio,
    )
