"""What is asked of whoever fits a scorecard, and what is answered. Plain values, to cross pipes."""

from collections.abc import Awaitable, Callable

from msgspec import Struct


class Question(Struct, frozen=True):
    """For each sign, in which bin each customer lies (0: shows none of it), and who converted.

    ``bins`` is the number of bins of each sign. The same question has the same answer.
    """

    columns: list[list[int]]
    bins: list[int]
    converted: list[bool]
    folds: int
    seed: int


class Answer(Struct, frozen=True):
    """A scorecard and how well it told those who were held back while it was fitted.

    ``weights`` are those of a logistic regression on the weights of evidence, 0 for signs that
    add nothing; ``evidence`` has the weight of evidence of every bin; ``aucs`` one for each fold.
    """

    weights: list[float]
    evidence: list[list[float]]
    aucs: list[float]


class CannotFit(Exception):
    """No answer came; the text says why."""


Fit = Callable[[Question], Awaitable[Answer]]
