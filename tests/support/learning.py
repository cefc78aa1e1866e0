"""A small market in which looking at prices tells who will buy."""

from typing import Any

from tests.support.events import arrive
from touchline.domain.kernel.clock import DAY, HOUR, Moment, format_moment, now
from touchline.domain.learning.evidence import evidence_of
from touchline.domain.learning.question import Answer, Question
from touchline.settings import Settings

BUYERS, OTHERS = 40, 80


async def market(settings: Settings, *, buyers: int = BUYERS, others: int = OTHERS) -> None:
    """Three in four buyers, and one in four others, looked at prices 30 days ago.

    Half of both are on gold. After they bought, 10 days ago, buyers all looked at prices again
    and were welcomed: whoever looks ahead finds it out.
    """
    calls: list[dict[str, Any]] = []
    for number in range(buyers + others):
        who, buys = f"u{number}", number < buyers
        calls.append(told(who, "identify", 60 * DAY, traits={"plan": ("gold", "free")[number % 2]}))
        if (number % 4 != 0) if buys else (number % 4 == 0):
            calls.append(told(who, "Priced", 30 * DAY))
        if buys:
            at = 10 * DAY + number * HOUR
            calls += [told(who, "Bought", at), told(who, "Priced", at - HOUR)]
            calls.append(told(who, "Welcomed", at - 2 * HOUR))
    await arrive(settings, *calls)


def told(who: str, what: str, ago: Moment, **more: Any) -> dict[str, Any]:
    """A call of one customer, so long ago."""
    kind = {"type": what} if what == "identify" else {"type": "track", "event": what}
    said = {"userId": who, "messageId": f"{who}-{what}-{ago}"}
    return {**kind, **said, "timestamp": format_moment(now() - ago), **more}


async def by_evidence_alone(question: Question) -> Answer:
    """A scorecard without a regression: every sign counts by its evidence."""
    found = [
        evidence_of(column, bins, question.converted)
        for column, bins in zip(question.columns, question.bins, strict=True)
    ]
    weights = [1.0 if one.information >= 0.02 else 0.0 for one in found]
    return Answer(weights, [one.weights for one in found], [0.75] * question.folds)
