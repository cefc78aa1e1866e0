"""What a draft would change: bands before and after, who gains, who loses, and its back-test."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from touchline.domain.conditions.queries import matches
from touchline.domain.conditions.tree import Did
from touchline.domain.customers.queries import seen_before
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list
from touchline.domain.scoring.backtesting import BackTest, back_test
from touchline.domain.scoring.bands import Fading, Total, band_of
from touchline.domain.scoring.builds import Build, counting
from touchline.domain.scoring.computing import Scheme, compute, compute_all
from touchline.domain.scoring.definition import Definition, from_json
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.domain.scoring.service import found_model
from touchline.domain.scoring.wording import conversion_event

MOST_LOOKED_AT = 50_000
MOST_NAMED = 20
DEFAULT_HORIZON = 30 * DAY
LONGEST_HORIZON = 3_650 * DAY
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Move:
    """A customer whose score would be another, in micro-points."""

    customer_id: int
    before: int
    after: int


@dataclass(slots=True)
class Preview:
    """Customers by band (``None`` below the lowest) before and after, and the largest moves.

    At most ``MOST_LOOKED_AT`` customers are looked at, those that came first.
    """

    looked_at: int = 0
    before: Counter[str | None] = field(default_factory=Counter)
    after: Counter[str | None] = field(default_factory=Counter)
    gainers: list[Move] = field(default_factory=list)
    losers: list[Move] = field(default_factory=list)
    back_test: BackTest | None = None


async def preview(
    actor: Actor,
    model_id: int,
    *,
    conversion: str | None = None,
    horizon: Moment | None = None,
) -> Preview:
    """Try a model as it is written; nothing is changed.

    The back-test asks who had done the ``conversion`` event (else that of the model) within the
    last ``horizon`` (30 days by default) of those who never did before, by the scores at its
    beginning. Traits count as they are now.
    """
    actor.require(Scope.READ)
    model = await found_model(model_id)
    event = conversion_event(conversion) or model["conversion"]
    if horizon is not None and not 0 < horizon <= LONGEST_HORIZON:
        message = "A horizon lies between nothing and ten years."
        raise Refused(Code.CONVERSION_INVALID, message, ("horizon",))
    definition, at = from_json(model["definition"]), now()
    found = await _compare(model_id, definition, await counting(model_id), at)
    if event is not None:
        found.back_test = await _back_test(
            model_id, definition, event, at - (horizon or DEFAULT_HORIZON), at
        )
    return found


async def _compare(
    model_id: int, definition: Definition, build: Build | None, at: Moment
) -> Preview:
    found = Preview()
    kept = Fading(at, definition.half_life)
    moves: list[Move] = []
    scheme = Scheme(model_id, definition, kept, at)
    async with aclosing(compute_all(scheme, _AT_ONCE)) as parts:
        async for _, sheets in parts:
            values = {customer: sheet.total().value(at, kept) for customer, sheet in sheets.items()}
            stood = await _stood(build, list(sheets), at)
            found.looked_at += len(values)
            for customer, after in values.items():
                before = stood.get(customer, 0)
                found.after[_named(definition, after)] += 1
                if build is not None:
                    found.before[_named(build.definition, before)] += 1
                if before != after:
                    moves.append(Move(customer, before, after))
            moves = _largest(moves, 1) + _largest(moves, -1)
            if found.looked_at >= MOST_LOOKED_AT:
                break
    found.gainers, found.losers = _largest(moves, 1), _largest(moves, -1)
    return found


def _largest(moves: Sequence[Move], sign: int) -> list[Move]:
    """The moves up (1) or down (-1) that go furthest."""
    ways = [one for one in moves if (one.after - one.before) * sign > 0]
    ways.sort(key=lambda one: (-abs(one.after - one.before), one.customer_id))
    return ways[:MOST_NAMED]


def _named(definition: Definition, value: int) -> str | None:
    band = band_of(value, definition.bands)
    return band.name if band else None


async def _stood(build: Build | None, customer_ids: Sequence[int], at: Moment) -> Mapping[int, int]:
    if build is None:
        return {}
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(
        "SELECT customer_id, fading, steady FROM customer_score"
        f" WHERE build_id = ? AND {condition}",
        [build.id, *params],
    )
    return {
        row["customer_id"]: Total(row["fading"], row["steady"]).value(at, build.kept)
        for row in rows
    }


async def _back_test(
    model_id: int, definition: Definition, event: str, begin: Moment, end: Moment
) -> BackTest:
    kept = Fading(begin, definition.half_life)
    scored: list[tuple[int, bool]] = []
    reached = 0
    while len(scored) < MOST_LOOKED_AT:
        chosen = await seen_before(begin, reached, _AT_ONCE)
        if not chosen:
            break
        reached = chosen[-1]
        earlier = await matches(Did(event=event, until=begin + 1), at=end, only=chosen)
        later = await matches(Did(event=event, since=begin + 1), at=end, only=chosen)
        fresh = [one for one in chosen if one not in earlier]
        sheets = await compute(Scheme(model_id, definition, kept, begin), fresh)
        scored += [
            (sheet.total().value(begin, kept), customer in later)
            for customer, sheet in sheets.items()
        ]
    return back_test(scored)
