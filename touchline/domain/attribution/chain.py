"""Removal effects: how many conversions would be missing if a channel were not there.

Journeys are taken as an absorbing Markov chain of first order (Anderl, Becker, von Wangenheim and
Schumann, 2016): from the start over channels to a conversion or to nothing. Without a channel,
whoever would go to it goes to nothing. All of it is worked out exactly from the fundamental matrix
of the chain, nothing is simulated. Staying with a channel changes nothing in that.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from touchline.domain.attribution.journeys import Channel, Journey

_START, _CONVERSION, _NOTHING = 0, -1, -2
MOST_CHANNELS = 200
"""What files may name: the work grows with the third power, and takes a second here."""

_Matrix = list[list[float]]


class Chain:
    """Counts how journeys go on from channel to channel."""

    def __init__(self) -> None:
        self.paths = 0
        self.conversions = 0
        self._places: dict[Channel, int] = {}
        self._steps: Counter[tuple[int, int]] = Counter()

    def add(self, journeys: Iterable[Journey]) -> None:
        """Count journeys: one of several conversions so many times, one without touches never."""
        for journey in journeys:
            if journey.touches:
                self._add(journey)

    def effects(self) -> dict[Channel, float]:
        """The removal effect of each channel, 0 to 1: the share of conversions that it carries.

        Nothing where nobody converted. Channels that nobody passed on the way to one have 0.
        """
        if not self.conversions:
            return {}
        inverse, chances = _inverted(self._staying()), self._chances()
        converting = [
            sum(one * chance for one, chance in zip(row, chances, strict=True)) for row in inverse
        ]
        whole = converting[_START]
        return {
            channel: inverse[_START][at] / inverse[at][at] * converting[at] / whole
            for channel, at in self._places.items()
        }

    def _add(self, journey: Journey) -> None:
        times = journey.conversions or 1
        self.paths += times
        self.conversions += journey.conversions
        before = _START
        for touch in journey.touches:
            place = self._places.setdefault(touch.channel, len(self._places) + 1)
            self._steps[before, place] += times
            before = place
        self._steps[before, _CONVERSION if journey.conversions else _NOTHING] += times

    def _leaving(self) -> list[int]:
        """How often each state was left for another."""
        leaving = [0] * (len(self._places) + 1)
        for (before, after), count in self._steps.items():
            if before != after:
                leaving[before] += count
        return leaving

    def _chances(self) -> list[float]:
        """From each state the probability of converting next."""
        return [self._steps[at, _CONVERSION] / count for at, count in enumerate(self._leaving())]

    def _staying(self) -> _Matrix:
        """What is inverted: one less the probabilities of going from state to state."""
        leaving = self._leaving()
        size = len(leaving)
        matrix = [[float(row == column) for column in range(size)] for row in range(size)]
        for (before, after), count in self._steps.items():
            if before != after and after >= 0:
                matrix[before][after] -= count / leaving[before]
        return matrix


def _inverted(matrix: Sequence[Sequence[float]]) -> _Matrix:
    """The inverse, by Gauss and Jordan.

    The diagonal outweighs its row in such a matrix, so that no rows need to change places.
    """
    size = len(matrix)
    rows = [
        [*row, *(float(at == column) for column in range(size))] for at, row in enumerate(matrix)
    ]
    for pivot, own in enumerate(rows):
        own[:] = [value / own[pivot] for value in own]
        for at, row in enumerate(rows):
            factor = row[pivot]
            if at != pivot and factor:
                row[:] = [value - factor * mine for value, mine in zip(row, own, strict=True)]
    return [row[size:] for row in rows]
