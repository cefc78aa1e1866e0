"""What people can decide about customers, and what each decision means to the fold."""

from enum import StrEnum

from touchline.domain.identity.folding import Ruling


class DecisionKind(StrEnum):
    """What a person decided over two sides of identifiers."""

    MERGE = "MERGE"
    FORBID = "FORBID"
    SPLIT = "SPLIT"
    UNMERGE = "UNMERGE"


PARTING = frozenset({DecisionKind.FORBID, DecisionKind.SPLIT, DecisionKind.UNMERGE})


def ruling_of(
    order: int, kind: DecisionKind, one: frozenset[bytes], other: frozenset[bytes]
) -> Ruling:
    """The decision as the fold applies it.

    A split says of a customer that it is these two: each side stays whole. Forbidding and
    unmerging only part the sides, each of which is what its own links make of it.
    """
    match kind:
        case DecisionKind.MERGE:
            return Ruling(order, (one | other,))
        case DecisionKind.SPLIT:
            return Ruling(order, (one, other), (one, other))
        case _:
            return Ruling(order, (), (one, other))
