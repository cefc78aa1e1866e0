"""What is asked of whoever fits a forecast, and what is answered. Plain values, to cross pipes."""

from collections.abc import Awaitable, Callable

from msgspec import Struct


class Question(Struct, frozen=True):
    """The histories of customers who bought, in one order; times are weeks.

    ``repeats``: on how many days after the first they bought. ``last``: how long after the first
    the last of these was. ``age``: how long ago the first was. ``spend``: what they spent on the
    average of the repeats, 0 without any. ``ahead``: for how long is to be forecast.
    """

    repeats: list[int]
    last: list[float]
    age: list[float]
    spend: list[float]
    ahead: float


class Buying(Struct, frozen=True):
    """The parameters of the BG/NBD model."""

    r: float
    alpha: float
    a: float
    b: float


class Spending(Struct, frozen=True):
    """The parameters of the Gamma-Gamma model."""

    p: float
    q: float
    gamma: float


class Answer(Struct, frozen=True):
    """The models, and of each customer what is to be expected.

    ``purchases`` and ``spend`` are of the time ahead, ``alive`` is the probability that a customer
    still buys at all.
    """

    buying: Buying
    spending: Spending
    purchases: list[float]
    alive: list[float]
    spend: list[float]


class CannotForecast(Exception):
    """No answer came; the text says why."""


Forecast = Callable[[Question], Awaitable[Answer]]
