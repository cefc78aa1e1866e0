"""Fitting scorecards, in a process of its own: ``python -m touchline.workers.fitting``.

It reads a ``Question`` as JSON and writes an ``Answer``. Nothing else imports it, so that servers
and commands never load what it stands on.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from touchline.domain.learning.evidence import evidence_of
from touchline.domain.learning.question import Answer, Question

MOST_SIGNS = 20
LEAST_INFORMATION = 0.02
"""Below it a sign is held to say nothing (Siddiqi, 2006)."""

Floats = NDArray[np.float64]
Places = Sequence[int]


@dataclass(frozen=True, slots=True)
class _Card:
    """The weight of each sign, and the weights of evidence of its bins."""

    weights: list[float]
    evidence: list[list[float]]

    def scores(self, question: Question, places: Places) -> Floats:
        """The logarithm of the odds, but for a constant."""
        total = np.zeros(len(places))
        for weight, weights, column in zip(
            self.weights, self.evidence, question.columns, strict=True
        ):
            if weight:
                total += weight * np.asarray(weights)[np.asarray(column)[places]]
        return total


def answer(question: Question) -> Answer:
    """Fit a scorecard to all, and try how well such ones tell those that they were not fitted to.

    All that looks at the outcome (evidence, choice of signs, weights) is done anew for each fold.
    """
    converted = np.asarray(question.converted)
    parts = StratifiedKFold(question.folds, shuffle=True, random_state=question.seed)
    aucs = []
    for train, test in parts.split(converted, converted):
        told = _fitted(question, train.tolist()).scores(question, test.tolist())
        aucs.append(float(roc_auc_score(converted[test], told)))
    whole = _fitted(question, range(len(question.converted)))
    return Answer(whole.weights, whole.evidence, aucs)


def _fitted(question: Question, places: Places) -> _Card:
    outcome = [question.converted[one] for one in places]
    found = [
        evidence_of([column[one] for one in places], bins, outcome)
        for column, bins in zip(question.columns, question.bins, strict=True)
    ]
    informed = [at for at, one in enumerate(found) if one.information >= LEAST_INFORMATION]
    chosen = sorted(informed, key=lambda at: (-found[at].information, at))[:MOST_SIGNS]
    weights = [0.0] * len(found)
    while chosen:
        matrix = np.column_stack(
            [
                np.asarray(found[at].weights)[np.asarray(question.columns[at])[places]]
                for at in chosen
            ]
        )
        fitted = LogisticRegression(max_iter=1_000).fit(matrix, outcome).coef_[0].tolist()
        # A sign whose weight turns round says only what others say already: it is left out.
        kept = [at for at, weight in zip(chosen, fitted, strict=True) if weight > 0]
        if len(kept) == len(chosen):
            for at, weight in zip(chosen, fitted, strict=True):
                weights[at] = weight
            break
        chosen = kept
    return _Card(weights, [one.weights for one in found])


def main() -> None:
    """Answer what comes in."""
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.json.encode(answer(question)))


if __name__ == "__main__":
    main()
