"""Fitting forecasts of what customers will buy, in a process of its own.

``python -m touchline.workers.forecasting`` reads a ``Question`` as JSON and writes an ``Answer``.
Nothing else imports it, so that servers and commands never load what it stands on.

How often: the BG/NBD model (Fader, Hardie and Lee, 2005, "Counting Your Customers" the Easy Way).
For how much: the Gamma-Gamma model (Fader and Hardie, 2013, The Gamma-Gamma Model of Monetary
Value). Both are fitted by maximum likelihood of the published formulae. Times are weeks.
"""

import sys
from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, gammaln

from touchline.domain.forecasts.question import Answer, Buying, Question, Spending

Floats = NDArray[np.float64]
_STARTS = ((1.0, 1.0, 1.0, 1.0), (0.3, 1.0, 0.8, 2.5), (1.0, 3.0, 0.5, 5.0))
_LARGEST = 12.0
"""Parameters are looked for between exp(-12) and exp(12)."""
_TINY = 1e-6
_NODES = 200
"""Of Gauss and Legendre: to six digits."""


def answer(question: Question) -> Answer:
    """Fit both models, and say of each customer what is to be expected."""
    repeats = np.asarray(question.repeats, dtype=float)
    last = np.asarray(question.last, dtype=float)
    age = np.asarray(question.age, dtype=float)
    spend = np.asarray(question.spend, dtype=float)
    buying = fit_buying(repeats, last, age)
    spending = fit_spending(repeats, spend)
    purchases = expected(buying, repeats, last, age, question.ahead)
    return Answer(
        buying,
        spending,
        purchases.tolist(),
        alive(buying, repeats, last, age).tolist(),
        (purchases * average_spend(spending, repeats, spend)).tolist(),
    )


def fit_buying(repeats: Floats, last: Floats, age: Floats) -> Buying:
    """The parameters of BG/NBD that are likeliest for customers alike in nothing but these."""
    scale = max(float(age.max()), 1.0)
    rows, counts = np.unique(
        np.column_stack([repeats, last / scale, age / scale]), axis=0, return_counts=True
    )
    x, t_x, t = rows.T

    def cost(logs: Floats) -> float:
        r, alpha, a, b = np.exp(logs)
        return -float(counts @ _likelihood(r, alpha, a, b, x, t_x, t)) / float(counts.sum())

    r, alpha, a, b = _best(cost, _STARTS)
    return Buying(r, alpha * scale, a, b)


def fit_spending(repeats: Floats, spend: Floats) -> Spending:
    """The parameters of Gamma-Gamma that are likeliest for those who bought again."""
    again = (repeats > 0) & (spend > 0)
    x, mean = repeats[again], spend[again]
    scale = float(np.median(mean))
    m = mean / scale

    def cost(logs: Floats) -> float:
        p, q, gamma = np.exp(logs)
        each = (
            gammaln(p * x + q)
            - gammaln(p * x)
            - gammaln(q)
            + q * np.log(gamma)
            + (p * x - 1) * np.log(m)
            + p * x * np.log(x)
            - (p * x + q) * np.log(gamma + x * m)
        )
        return -float(each.sum()) / len(x)

    p, q, gamma = _best(cost, ((1.0, 1.0, 1.0), (6.0, 4.0, 0.5), (3.0, 3.0, 1.0)))
    return Spending(p, q, gamma * scale)


def expected(by: Buying, repeats: Floats, last: Floats, age: Floats, ahead: float) -> Floats:
    """How many purchases each customer is expected to make in so many weeks from now.

    The published expectation, with its integral over the rate at which a customer leaves taken
    numerically: the hypergeometric series of the closed form overflows where customers are alike.
    """
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    often, place = np.unique(repeats, return_inverse=True)
    leaving = betaincinv(by.a, by.b + often[:, None], (nodes + 1) / 2)[place]
    leaving = np.maximum(leaving, np.finfo(float).tiny)
    rate, since = (by.r + repeats)[:, None], (by.alpha + age)[:, None]
    bought = -np.expm1(-rate * np.log1p(leaving * ahead / since)) / leaving
    return np.asarray(bought @ weights / 2 / _odds(by, repeats, last, age), dtype=np.float64)


def alive(by: Buying, repeats: Floats, last: Floats, age: Floats) -> Floats:
    """How probable it is that each customer still buys at all."""
    return np.asarray(1 / _odds(by, repeats, last, age), dtype=np.float64)


def average_spend(by: Spending, repeats: Floats, spend: Floats) -> Floats:
    """What each customer is expected to spend with a purchase.

    Where the model has no mean (``q`` of 1 or less, of those who never bought again), it is what
    repeats were worth on the average.
    """
    parts = by.p * repeats + by.q - 1
    again = repeats > 0
    usual = float(spend[again].mean()) if again.any() else 0.0
    known = by.p * (by.gamma + repeats * spend) / np.where(parts > _TINY, parts, 1.0)
    return np.asarray(np.where(parts > _TINY, known, usual), dtype=np.float64)


def _likelihood(
    r: float, alpha: float, a: float, b: float, x: Floats, t_x: Floats, t: Floats
) -> Floats:
    """The logarithm of the likelihood of each customer."""
    known = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
    active = -(r + x) * np.log(alpha + t)
    again = np.maximum(x, 1)
    left = np.log(a) - np.log(b + again - 1) - (r + x) * np.log(alpha + t_x)
    either = np.where(x > 0, np.logaddexp(active, left), active)
    return np.asarray(known + either, dtype=np.float64)


def _odds(by: Buying, repeats: Floats, last: Floats, age: Floats) -> Floats:
    """One, and the odds that a customer who bought again has left."""
    again = np.maximum(repeats, 1)
    ratio = (by.r + repeats) * (np.log(by.alpha + age) - np.log(by.alpha + last))
    left = np.exp(ratio) * by.a / (by.b + again - 1)
    return np.asarray(1 + np.where(repeats > 0, left, 0.0), dtype=np.float64)


def _best(
    cost: Callable[[Floats], float], starts: tuple[tuple[float, ...], ...]
) -> tuple[float, ...]:
    """The parameters of least cost found from several starts."""
    found = [
        minimize(
            cost,
            np.log(np.asarray(start)),
            method="L-BFGS-B",
            bounds=[(-_LARGEST, _LARGEST)] * len(start),
            options={"maxiter": 2_000, "maxfun": 20_000, "ftol": 1e-13, "gtol": 1e-9},
        )
        for start in starts
    ]
    best = min((one for one in found if np.isfinite(one.fun)), key=lambda one: one.fun)
    return tuple(float(value) for value in np.exp(best.x))


def main() -> None:
    """Answer what comes in."""
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.json.encode(answer(question)))


if __name__ == "__main__":
    main()
