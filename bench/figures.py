"""Figures of several rounds, and how they are shown."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured in each round."""

    what: str
    unit: str
    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.rounds)

    @property
    def spread(self) -> str:
        """The least and the most."""
        return f"{_short(min(self.rounds))} – {_short(max(self.rounds))}"

    @property
    def short(self) -> str:
        """The median, as precise as it deserves."""
        return _short(self.median)

    def over(self, limit: "Figure") -> "Figure":
        """This one as a share of another, round by round."""
        shares = [mine / its for mine, its in zip(self.rounds, limit.rounds, strict=True)]
        return Figure(f"{self.what} ÷ {limit.what}", "×", tuple(shares))

    def as_json(self) -> dict[str, object]:
        """For a machine."""
        rounds = [round(value, 3) for value in self.rounds]
        return {
            "what": self.what,
            "unit": self.unit,
            "median": round(self.median, 3),
            "rounds": rounds,
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(figures: Sequence[Figure]) -> str:
    """One line for each figure."""
    width = max(len(figure.what) for figure in figures)
    lines = [
        f"{figure.what:<{width}}  {_short(figure.median):>9} {figure.unit:<9} ({figure.spread})"
        for figure in figures
    ]
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
