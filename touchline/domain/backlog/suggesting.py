"""What to do next after an item was measured, by rules that say why. Pure.

What worked is brought to channels and segments that have not seen it; what did not gives way to
content that does better there; what was not clear is tried with more people. The same facts give
the same suggestions in the same order, at most five.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from touchline.domain.backlog.types import Suggested, Verdict
from touchline.domain.backlog.words import MAX_TITLE, MOST_DAYS, USUAL_DAYS
from touchline.domain.kernel.wording import times
from touchline.domain.performance.comparing import ChannelFigures, ContentFigures

MOST = 5
MOST_CHANNELS, MOST_KINDS = 3, 2


@dataclass(frozen=True, slots=True)
class Reach:
    """A segment, and how many customers it holds now."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Learned:
    """An item that was measured, and what is known around it.

    ``content`` is the title of what it made, ``lineage`` tells apart what comes from the same
    origin, ``kinds`` and ``families`` are those of its content. ``channels`` have not shown any of
    its lineage and ``segments`` were not aimed at with it; ``others`` is all content by how it does
    ``where``, over ``days``, of which only that in its ``languages`` may follow. ``is_tried`` where
    an experiment measured it, ``is_overruled`` where the Owner saw otherwise than the figures in
    ``sentence``.
    """

    id: int
    title: str
    verdict: Verdict
    sentence: str
    content: str | None = None
    lineage: str = ""
    kinds: frozenset[str] = frozenset()
    families: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    segment: Reach | None = None
    window_days: int | None = None
    has_target: bool = True
    reached: int | None = None
    needed: int | None = None
    is_tried: bool = False
    is_overruled: bool = False
    channels: Sequence[ChannelFigures] = ()
    segments: Sequence[Reach] = ()
    others: Sequence[ContentFigures] = ()
    where: str = ""
    days: int = 90


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that could be done next. ``key`` knows it again for ever within a backlog."""

    key: str
    kind: Suggested
    title: str
    reason: str
    channel_id: int | None = None
    segment_id: int | None = None
    asset_id: int | None = None
    window_days: int | None = None


def suggestions(of: Learned, settled: Iterable[str] = ()) -> list[Suggestion]:
    """What could be done next; ``settled`` are the keys of what was taken up or turned down."""
    gone = set(settled)
    found = [one for one in _RULES[of.verdict](of) if one.key not in gone]
    return [replace(one, title=_short(one.title)) for one in _spread(found)]


def _after_success(of: Learned) -> list[Suggestion]:
    what, begun = of.content or of.title, _came(of, "worked")
    channels = sorted(of.channels, key=lambda one: (one.publications == 0, -one.reads, one.id))
    segments = sorted(of.segments, key=lambda one: (-one.size, one.id))
    return [
        *(
            Suggestion(
                key=f"channel:{of.lineage}:{one.id}",
                kind=Suggested.CHANNEL,
                title=f"Bring “{what}” to {one.name}",
                reason=f"{begun} Nothing of this content was published"
                f" on {one.name} yet, by way of which content was read {times(one.reads)} in the"
                f" last {of.days} days.",
                channel_id=one.id,
            )
            for one in channels
        ),
        *(
            Suggestion(
                key=f"segment:{of.lineage}:{one.id}",
                kind=Suggested.SEGMENT,
                title=f"Make something like “{what}” for {one.name}",
                reason=f"{begun} {one.name} holds {_people(one.size)},"
                " and nothing of this content was made for them yet.",
                segment_id=one.id,
            )
            for one in segments
        ),
    ]


def _after_failure(of: Learned) -> list[Suggestion]:
    by_kind: dict[str, list[ContentFigures]] = defaultdict(list)
    best_of: dict[int, ContentFigures] = {}
    for one in of.others:
        if of.languages and one.language not in of.languages:
            continue
        if one.kind not in of.kinds and one.kind in _NAMED:
            by_kind[one.kind].append(one)
        known = best_of.get(one.family_id)
        if one.family_id not in of.families and (known is None or one.figure > known.figure):
            best_of[one.family_id] = one
    failed = _came(of, "did not work")
    since = f"in the last {of.days} days."
    segment = None if of.segment is None else of.segment.id
    return [
        *(
            Suggestion(
                key=f"kind:{of.id}:{kind}",
                kind=Suggested.KIND,
                title=f"Try {_NAMED[kind]} instead of “{of.title}”",
                reason=f"{failed} On average, {_NAMED[kind]} was read"
                f" {_by(of, _mean(kin))} {since}",
                segment_id=segment,
            )
            for kind, kin in sorted(by_kind.items(), key=lambda one: (-_mean(one[1]), one[0]))
        ),
        *(
            Suggestion(
                key=f"theme:{of.id}:{family}",
                kind=Suggested.THEME,
                title=f"Make more like “{best.title}” instead of “{of.title}”",
                reason=f"{failed} “{best.title}” was read {_by(of, best.figure)} {since}",
                segment_id=segment,
                asset_id=best.id,
            )
            for family, best in sorted(best_of.items(), key=lambda one: (-one[1].figure, one[0]))
        ),
    ]


def _after_doubt(of: Learned) -> list[Suggestion]:
    begun = _came(of, "was not clear")
    if not of.has_target and not of.is_tried:
        title, more = f"Do “{of.title}” again, with a target", "Say what is hoped for beforehand."
        return [Suggestion(f"again:{of.id}", Suggested.AGAIN, title, f"{begun} {more}")]
    if of.needed is None:
        title, more = f"Do “{of.title}” again, so that it can be measured", "Mend that first."
        return [Suggestion(f"again:{of.id}", Suggested.AGAIN, title, f"{begun} {more}")]
    days = of.window_days or USUAL_DAYS
    needed = f"{of.needed:,} people{' an arm' if of.is_tried else ''}"
    longer = min(MOST_DAYS, ceil(days * of.needed / max(1, of.reached or 0)))
    longer = max(longer, min(MOST_DAYS, days + 1))
    more = (
        f"It takes {needed}, and there were {of.reached or 0:,}"
        f"{' in all' if of.is_tried else ''}; watch it for about {longer} days, or reach more."
    )
    return [
        Suggestion(
            key=f"longer:{of.id}",
            kind=Suggested.LONGER,
            title=f"Run “{of.title}” longer, until {needed} have seen it",
            reason=f"{begun} {more}",
            window_days=longer,
        )
    ]


_NAMED: Mapping[str, str] = {
    "ARTICLE": "an article",
    "CASE_STUDY": "a case study",
    "EMAIL": "an e-mail",
    "INFOGRAPHIC": "an infographic",
    "LANDING_PAGE": "a landing page",
    "MINI_PROGRAM_PAGE": "a mini program page",
    "PODCAST": "a podcast",
    "PRESS_RELEASE": "a press release",
    "SOCIAL_POST": "a social post",
    "VIDEO": "a video",
    "WEBINAR": "a webinar",
    "WHITE_PAPER": "a white paper",
}
"""What may be tried. Content of no kind of its own (``OTHER``) says nothing to go by."""
_RULES: dict[Verdict, Callable[[Learned], list[Suggestion]]] = {
    Verdict.WORKED: _after_success,
    Verdict.DID_NOT: _after_failure,
    Verdict.NO_DIFFERENCE: _after_failure,
    Verdict.INCONCLUSIVE: _after_doubt,
    Verdict.UNHEALTHY: _after_doubt,
    Verdict.COLLECTING: _after_doubt,
}


def _came(of: Learned, was: str) -> str:
    """What came of the item; of an experiment the sentence itself says whether it worked."""
    if of.is_overruled:
        return f"The Owner judged that “{of.title}” {was}."
    return f"“{of.title}” {'was tried' if of.is_tried else was}. {of.sentence}"


def _spread(found: Sequence[Suggestion]) -> list[Suggestion]:
    """The first of each kind first, so that none crowds out the others; then what is left."""
    first = {Suggested.CHANNEL: MOST_CHANNELS, Suggested.KIND: MOST_KINDS}
    taken: dict[Suggested, int] = defaultdict(int)
    chosen: list[Suggestion] = []
    rest: list[Suggestion] = []
    for one in found:
        taken[one.kind] += 1
        within = taken[one.kind] <= first.get(one.kind, MOST)
        (chosen if within else rest).append(one)
    return (chosen + rest)[:MOST]


def _mean(kin: Sequence[ContentFigures]) -> int:
    return sum(one.figure for one in kin) // len(kin)


def _by(of: Learned, count: int) -> str:
    if of.segment is not None:
        return f"by {_people(count)} of {of.segment.name}"
    return f"{times(count)}{of.where}"


def _people(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"


def _short(title: str) -> str:
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…"
