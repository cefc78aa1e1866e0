"""Disjoint sets of identifiers that refuse to be joined against a rule or a human decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from touchline.domain.identity.rules import Rules


class Member(NamedTuple):
    """An identifier as the rules see it: its digest, and the kind that decides its treatment."""

    digest: bytes
    kind: str


class ObstacleReason(StrEnum):
    """Why two sets of identifiers may not become one customer."""

    LIMIT_REACHED = "LIMIT_REACHED"
    UNIQUE_CLASH = "UNIQUE_CLASH"
    KEPT_APART = "KEPT_APART"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way; `kind` is the kind of identifier that there would be too many of."""

    reason: ObstacleReason
    kind: str | None = None


class Components:
    """A union-find whose sets know how many identifiers of each kind they hold.

    An obstacle between two sets stays one when either set grows: everything about the order of
    arrival (see `growing`) rests on that.
    """

    __slots__ = ("_counts", "_members", "_parent", "_rules", "_sides")

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._parent: dict[bytes, bytes] = {}
        self._members: dict[bytes, list[bytes]] = {}
        self._counts: dict[bytes, dict[str, int]] = {}
        self._sides: dict[bytes, set[tuple[int, int]]] = {}

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._parent

    def add(self, member: Member) -> None:
        """Make an identifier known, alone in its set; nothing happens if it is known already."""
        if member.digest not in self._parent:
            self._parent[member.digest] = member.digest
            self._members[member.digest] = [member.digest]
            self._counts[member.digest] = {member.kind: 1}

    def find(self, digest: bytes) -> bytes:
        """The identifier that stands for the whole set of this one."""
        parent = self._parent
        while (above := parent[digest]) != digest:
            parent[digest] = parent[above]
            digest = parent[digest]
        return digest

    def members(self, digest: bytes) -> list[bytes]:
        return self._members[self.find(digest)]

    def roots(self) -> Iterable[bytes]:
        return self._members.keys()

    def keep_apart(self, ruling: int, sides: tuple[Iterable[bytes], Iterable[bytes]]) -> None:
        """From now on no set reaching from one side to the other will be joined."""
        for number, side in enumerate(sides):
            for digest in side:
                if digest in self._parent:
                    self._sides.setdefault(self.find(digest), set()).add((ruling, number))

    def kept_apart(self, one: bytes, other: bytes) -> bool:
        """Whether a human decision stands between the two sets."""
        here = self._sides.get(self.find(one))
        there = self._sides.get(self.find(other))
        if not here or not there:
            return False
        return any((ruling, 1 - side) in there for ruling, side in here)

    def obstacle(self, one: bytes, other: bytes) -> Obstacle | None:
        """What forbids the sets of two identifiers to become one, if anything does."""
        here, there = self._counts[self.find(one)], self._counts[self.find(other)]
        for kind in here.keys() & there.keys():
            rule = self._rules.of(kind)
            if here[kind] + there[kind] > rule.most:
                reason = (
                    ObstacleReason.UNIQUE_CLASH if rule.unique else ObstacleReason.LIMIT_REACHED
                )
                return Obstacle(reason, kind)
        return Obstacle(ObstacleReason.KEPT_APART) if self.kept_apart(one, other) else None

    def join(self, one: bytes, other: bytes) -> None:
        """Make the sets of two identifiers one, without asking for obstacles."""
        keep, lose = self.find(one), self.find(other)
        if keep == lose:
            return
        if len(self._members[keep]) < len(self._members[lose]):
            keep, lose = lose, keep
        self._parent[lose] = keep
        self._members[keep] += self._members.pop(lose)
        counts = self._counts[keep]
        for kind, count in self._counts.pop(lose).items():
            counts[kind] = counts.get(kind, 0) + count
        if sides := self._sides.pop(lose, None):
            self._sides.setdefault(keep, set()).update(sides)
