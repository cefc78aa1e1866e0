"""What a document takes that is kept, with all that is made of it from request to request.

Requests differ by their variables, and much is kept by these. So few documents can grow large, and
whoever keeps something for one says so here: once, when it is made.
"""

from collections.abc import Callable
from dataclasses import dataclass

_DOCUMENT = 20_000
_TOKEN = 600
_SELECTION = 900
_OPERATION = 5_000


@dataclass(slots=True)
class Footprint:
    """Bytes, by estimate: ``plan`` of them for each way in which the document is compiled.

    ``grown`` hears of more as long as the document is kept.
    """

    plan: int = 0
    size: int = 0
    grown: Callable[[int], None] | None = None

    def add(self, more: int) -> None:
        """Something is kept that takes ``more`` bytes."""
        self.size += more
        if self.grown is not None:
            self.grown(more)


def footprint_of(text: int, tokens: int, operations: int, selections: int) -> Footprint:
    """That of a document of which nothing is made yet, whose text takes ``text`` bytes.

    ``selections`` are those of its largest operation, with fragments where they are spread.
    """
    plan = _SELECTION * selections
    return Footprint(plan, _DOCUMENT + text + _TOKEN * tokens + _OPERATION * operations + plan)
