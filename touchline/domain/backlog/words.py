"""What people write of items, checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.types import CustomerValueKind, ItemKind, Metric
from touchline.domain.kernel.errors import Refused

EFFORTS = (1, 2, 3, 5, 8, 13)
MAX_TITLE = 200
MAX_TEXT = 10_000
MAX_REASON = 1_000
MOST_DAYS = 366
USUAL_DAYS = 28
"""The window of an item of which nobody said how long it is watched."""
MOST_LINKED = 50
MOST_TARGET = 10**12
MOST_PERCENT = 100_000


@dataclass(frozen=True, slots=True)
class ItemText:
    """All that is written of an item. Levels go from 1 to 5, ``confidence`` is in percent.

    ``depends_on`` is ``None`` as long as nobody said on what it depends.
    """

    title: str
    kind: ItemKind = ItemKind.CONTENT
    description: str | None = None
    effort: int | None = None
    customer_kind: CustomerValueKind | None = None
    customer_level: int | None = None
    goal_id: int | None = None
    business_level: int | None = None
    urgency: int | None = None
    confidence: int | None = None
    hypothesis: str | None = None
    metric: Metric | None = None
    target_milli: int | None = None
    window_days: int | None = None
    segment_id: int | None = None
    campaign_id: int | None = None
    asset_ids: Sequence[int] = ()
    depends_on: Sequence[int] | None = None


def checked_title(title: str) -> str:
    """A title without outer blanks, in one line."""
    kept = " ".join(title.split())
    if not 1 <= len(kept) <= MAX_TITLE or "\x00" in kept:
        message = f"A title has 1 to {MAX_TITLE} characters."
        raise Refused(Code.TITLE_INVALID, message, ("title",))
    return kept


def checked_text(text: str | None, field: str) -> str | None:
    """A longer text, or nothing."""
    kept = (text or "").strip()
    if len(kept) > MAX_TEXT or "\x00" in kept:
        message = f"A text has at most {MAX_TEXT:,} characters."
        raise Refused(Code.TEXT_INVALID, message, (field,))
    return kept or None


def checked_reason(reason: str | None, *, needed: bool = True) -> str | None:
    """Why something is done."""
    kept = (reason or "").strip()
    if len(kept) > MAX_REASON or "\x00" in kept or (needed and not kept):
        message = f"A reason has {'1' if needed else 'at most'} to {MAX_REASON:,} characters."
        if not needed:
            message = f"A reason has at most {MAX_REASON:,} characters."
        raise Refused(Code.REASON_INVALID, message, ("reason",))
    return kept or None


def checked_effort(effort: int | None) -> int | None:
    """A size of the scale, or none yet."""
    if effort is not None and effort not in EFFORTS:
        scale = ", ".join(map(str, EFFORTS))
        raise Refused(Code.EFFORT_INVALID, f"An effort is one of {scale}.", ("effort",))
    return effort


def check_figures(text: ItemText) -> None:
    """Refuse levels, targets and windows that mean nothing."""
    levels = {
        ("customerValue", "level"): text.customer_level,
        ("businessValue", "level"): text.business_level,
        ("urgency",): text.urgency,
    }
    for path, level in levels.items():
        if level is not None and not 1 <= level <= 5:
            raise Refused(Code.LEVEL_INVALID, "A level goes from 1 to 5.", path)
    if text.confidence is not None and not 0 <= text.confidence <= 100:
        raise Refused(Code.LEVEL_INVALID, "Confidence goes from 0 to 100 percent.", ("confidence",))
    if text.target_milli is not None:
        if text.metric is None:
            message = "A target needs the metric that is to reach it."
            raise Refused(Code.TARGET_INVALID, message, ("metric",))
        if not 0 < text.target_milli <= MOST_TARGET:
            message = "A target is more than 0, and no larger than a thousand million."
            raise Refused(Code.TARGET_INVALID, message, ("target",))
        if text.metric is Metric.CONVERSION_RATE and text.target_milli > MOST_PERCENT:
            raise Refused(Code.TARGET_INVALID, "A rate is at most 100 percent.", ("target",))
    if text.window_days is not None and not 1 <= text.window_days <= MOST_DAYS:
        message = f"A window has 1 to {MOST_DAYS} days."
        raise Refused(Code.WINDOW_INVALID, message, ("windowDays",))
    for field, ids in (("contentAssetIds", text.asset_ids), ("dependsOnIds", text.depends_on)):
        if len(ids or ()) > MOST_LINKED:
            raise Refused(Code.TOO_MANY, f"At most {MOST_LINKED} can be named.", (field,))
