"""What a goal makes of the touchpoints of a customer: conversions, and what is refunded of them.

Pure. It looks at all that is known at once, so the order in which things arrived does not matter.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from touchline.domain.conversions.amounts import currency_of, minor_of
from touchline.domain.conversions.definition import (
    Counting,
    Definition,
    FixedValue,
    PropertyValue,
    Value,
)
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.numbers import read_number

LONGEST_ORDER = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A touchpoint that a goal looks at, and what its properties say.

    ``refund`` is what it takes back, if ``takes_back``; ``amount`` what it is worth, otherwise.
    """

    touchpoint_id: int
    customer_id: int
    occurred_at: Moment
    takes_back: bool
    amount: Any = None
    currency: Any = None
    order: Any = None
    refund: Any = None


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said is refunded: it outranks what touchpoints say."""

    amount_minor: int
    currency: str
    actor_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A conversion as it is to stand; amounts are minor units."""

    touchpoint_id: int
    customer_id: int
    occurred_at: Moment
    value_minor: int | None
    currency: str | None
    order_key: str | None
    in_lifetime: bool
    refunded_minor: int = 0
    refund_touchpoint_id: int | None = None
    refund_actor_name: str | None = None
    refund_reason: str | None = None

    @property
    def rest(self) -> int:
        """What is not refunded yet."""
        return (self.value_minor or 0) - self.refunded_minor


def conversions(
    definition: Definition,
    seen: Iterable[Seen],
    words: Mapping[int, Word],
    until: Moment | None = None,
) -> list[Draft]:
    """The conversions among the touchpoints of one customer, as they occurred.

    ``words`` are by touchpoint. With ``until`` only what occurred before it converts.
    """
    ordered = sorted(seen, key=lambda one: (one.occurred_at, one.touchpoint_id))
    made = [
        _draft(definition, one)
        for one in ordered
        if not one.takes_back and (until is None or one.occurred_at < until)
    ]
    if definition.counting is Counting.ONCE:
        made = made[:1]
    if made and definition.refunds is not None:
        refunds = [one for one in ordered if one.takes_back]
        made = _refunded(made, refunds, by_amount=definition.refunds.value is not None)
    return [_outranked(draft, words.get(draft.touchpoint_id)) for draft in made]


def _draft(definition: Definition, seen: Seen) -> Draft:
    minor, currency = _worth(definition.value, seen)
    return Draft(
        seen.touchpoint_id,
        seen.customer_id,
        seen.occurred_at,
        minor,
        currency,
        order_key(seen.order),
        definition.in_lifetime,
    )


def _worth(value: Value | None, seen: Seen) -> tuple[int | None, str | None]:
    """Minor units and currency; nothing where one of them is not said, or is below nothing."""
    if isinstance(value, FixedValue):
        return value.minor, value.currency
    if not isinstance(value, PropertyValue):
        return None, None
    amount = read_number(seen.amount)
    currency = currency_of(seen.currency) or value.currency
    if amount is None or amount < 0 or currency is None:
        return None, None
    minor = minor_of(amount, currency)
    return (None, None) if minor is None else (minor, currency)


def order_key(value: object) -> str | None:
    """By what an order is known: a text, or a whole number as text."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return text if 0 < len(text) <= LONGEST_ORDER else None


def _refunded(made: Sequence[Draft], refunds: Iterable[Seen], *, by_amount: bool) -> list[Draft]:
    """The drafts after all refunds: each is spread over those of its order, the first one first.

    Of each order and currency those wait in line that have something left to refund, so that a
    customer of many orders and refunds costs no more than one look at each.
    """
    after = list(made)
    usual: dict[str, str] = {}
    lines: dict[tuple[str, str], deque[int]] = {}
    for at, draft in enumerate(made):
        if draft.order_key is None or draft.currency is None:
            continue
        usual.setdefault(draft.order_key, draft.currency)
        if draft.rest > 0:
            lines.setdefault((draft.order_key, draft.currency), deque()).append(at)
    for refund in refunds:
        key = order_key(refund.order)
        currency = currency_of(refund.currency) or usual.get(key or "")
        line = lines.get((key or "", currency or ""))
        if line and currency is not None:
            amount = read_number(refund.refund) if by_amount else None
            left = None if amount is None else minor_of(abs(amount), currency)
            _take(after, line, left, refund.touchpoint_id)
    return after


def _take(drafts: list[Draft], line: deque[int], left: int | None, touchpoint_id: int) -> None:
    """Take so many minor units off those in line; ``None`` takes all there is."""
    while line and left != 0:
        draft = drafts[line[0]]
        taken = draft.rest if left is None else min(draft.rest, left)
        left = None if left is None else left - taken
        refunded = draft.refunded_minor + taken
        drafts[line[0]] = replace(
            draft, refunded_minor=refunded, refund_touchpoint_id=touchpoint_id
        )
        if taken == draft.rest:
            line.popleft()


def _outranked(draft: Draft, word: Word | None) -> Draft:
    if word is None or draft.value_minor is None or word.currency != draft.currency:
        return draft
    return replace(
        draft,
        refunded_minor=min(word.amount_minor, draft.value_minor),
        refund_touchpoint_id=None,
        refund_actor_name=word.actor_name,
        refund_reason=word.reason,
    )
