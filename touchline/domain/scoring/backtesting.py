"""How well scores told beforehand who would convert. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

_PARTS = 10


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the customers, 1 the highest scores: the share of them that converted, and how
    many times the share of all that is.
    """

    decile: int
    rate: float
    lift: float


@dataclass(frozen=True, slots=True)
class BackTest:
    """``auc``: how probable it is that one who converted was scored above one who did not."""

    customers: int
    conversions: int
    auc: float | None
    lift: Sequence[Decile]


def back_test(scored: Sequence[tuple[int, bool]]) -> BackTest:
    """Hold scores against what became of the customers."""
    converted = sum(1 for _, did in scored if did)
    return BackTest(len(scored), converted, _auc(scored, converted), _deciles(scored, converted))


def _auc(scored: Sequence[tuple[int, bool]], converted: int) -> float | None:
    """By ranks (Mann and Whitney), those of equal scores shared."""
    others = len(scored) - converted
    if not converted or not others:
        return None
    ordered = sorted(scored, key=lambda one: one[0])
    ranks = 0.0
    begin = 0
    while begin < len(ordered):
        end = begin
        while end < len(ordered) and ordered[end][0] == ordered[begin][0]:
            end += 1
        shared = (begin + 1 + end) / 2
        ranks += shared * sum(1 for _, did in ordered[begin:end] if did)
        begin = end
    return (ranks - converted * (converted + 1) / 2) / (converted * others)


def _deciles(scored: Sequence[tuple[int, bool]], converted: int) -> list[Decile]:
    """Equal scores that fall apart share what they have, so that their order decides nothing."""
    if not scored or not converted:
        return []
    shares: dict[int, tuple[int, int]] = {}
    for value, did in scored:
        count, hits = shares.get(value, (0, 0))
        shares[value] = (count + 1, hits + did)
    expected = [
        shares[value][1] / shares[value][0]
        for value, _ in sorted(scored, key=lambda one: one[0], reverse=True)
    ]
    whole = converted / len(scored)
    found = []
    for part in range(_PARTS):
        begin, end = part * len(expected) // _PARTS, (part + 1) * len(expected) // _PARTS
        if end > begin:
            rate = sum(expected[begin:end]) / (end - begin)
            found.append(Decile(part + 1, rate, rate / whole))
    return found
