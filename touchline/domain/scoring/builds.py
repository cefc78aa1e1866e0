"""Builds: all scores by one version of a model, made whole before they count."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.scoring.bands import Fading
from touchline.domain.scoring.computing import Scheme
from touchline.domain.scoring.decay import landmark_at
from touchline.domain.scoring.definition import Definition, from_json


class BuildStatus(StrEnum):
    """Whether a build is being made, counts, or is to be forgotten."""

    MAKING = "MAKING"
    COUNTS = "COUNTS"
    OVER = "OVER"


@dataclass(frozen=True, slots=True)
class Build:
    """A build; while it is made all customers up to ``reached`` are in it, and some after."""

    id: int
    model_id: int
    version: int
    definition: Definition
    kept: Fading
    status: BuildStatus
    reached: int
    is_primary: bool
    task_id: int | None
    list_id: int | None
    sorted_up_to: int | None
    follows_id: int | None
    told_up_to: int | None
    tell_up_to: int | None

    @property
    def counts(self) -> bool:
        """Whether its scores are those that are shown."""
        return self.status is BuildStatus.COUNTS

    @property
    def is_told(self) -> bool:
        """Whether nobody is left to be told that it counts."""
        return self.told_up_to is None

    @property
    def is_sorted(self) -> bool:
        """Whether there is a whole list of customers by its scores."""
        return self.list_id is not None and self.sorted_up_to is None

    def is_to_tell(self, customer_id: int) -> bool:
        """Whether a customer is still to be told that it counts."""
        if self.told_up_to is None or self.tell_up_to is None:
            return False
        return self.told_up_to < customer_id <= self.tell_up_to

    def keeps_at(self, at: Moment) -> bool:
        """Whether its landmark is still one to keep sums from."""
        return landmark_at(at, *self.kept) == self.kept.landmark


async def open_builds() -> list[Build]:
    """The builds that count or are being made."""
    return _builds(
        await fetch(
            f"{_SELECT} WHERE b.status IN (?, ?) ORDER BY b.id",
            (BuildStatus.MAKING, BuildStatus.COUNTS),
        )
    )


async def build_of(build_id: int) -> Build | None:
    """One build."""
    found = _builds(await fetch(f"{_SELECT} WHERE b.id = ?", (build_id,)))
    return found[0] if found else None


async def counting(model_id: int) -> Build | None:
    """The build of a model that counts."""
    rows = await fetch(
        f"{_SELECT} WHERE b.model_id = ? AND b.status = ?", (model_id, BuildStatus.COUNTS)
    )
    found = _builds(rows)
    return found[0] if found else None


_SELECT = (
    "SELECT b.id, b.model_id, b.version, b.definition, b.landmark, b.half_life, b.status,"
    " b.reached, m.is_primary, b.task_id, b.list_id, b.sorted_up_to,"
    " b.follows_id, b.told_up_to, b.tell_up_to"
    " FROM scoring_build b JOIN scoring_model m ON m.id = b.model_id"
)


def _builds(rows: Iterable[Row]) -> list[Build]:
    return [
        Build(
            row["id"],
            row["model_id"],
            row["version"],
            from_json(row["definition"]),
            Fading(row["landmark"], row["half_life"]),
            BuildStatus(row["status"]),
            row["reached"],
            bool(row["is_primary"]),
            *(
                row["task_id"],
                row["list_id"],
                row["sorted_up_to"],
                row["follows_id"],
                row["told_up_to"],
                row["tell_up_to"],
            ),
        )
        for row in rows
    ]


def scheme_of(build: Build, at: Moment) -> Scheme:
    """By what the scores of a build are added up at an instant."""
    return Scheme(build.model_id, build.definition, build.kept, at)


def owner_of(build_id: int) -> str:
    """Who asks to be woken for a build."""
    return f"score_build:{build_id}"
