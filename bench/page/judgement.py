"""What the page tells of scores, segments and tags."""

from collections.abc import Mapping, Sequence

from bench.figures import Figure
from bench.page.kept import Part

_INTRODUCTION = """\
A model of seven events and two traits with a half-life. The *bare aggregation* is one statement of
the same database over the same touchpoints, which leaves its sums in a temporary table.
*Recomputed*: all scores made anew and compared with those that stand. *Published*: every score,
line, rank and history written anew, as all points were changed. DuckDB, on one thread, has the
touchpoints in a file of its own."""

_PARTS = {
    "rebuild": "Made anew for all; aim: recomputed in at most 3 times the bare aggregation.",
    "content": "What content achieved, counted anew from the log, beside one statement that counts"
    " reads, readers, views and shares by asset, day and channel; the rebuild finds conversions and"
    " their worth, too; aim: at most 3 times the bare sums.",
    "list": "Listed; aim: at most 2 times the SQL.",
    "cost": "An event beside rules that do not name it; aim: it costs no more beside more of them.",
    "delay": "From the acknowledgement to what follows from it; aim: p99 of at most a second.",
}


def judged(parts: Mapping[str, Part]) -> list[str]:
    """The sections of the page."""
    told = ["## Scores, segments, tags and figures of content", _INTRODUCTION]
    for name, about in _PARTS.items():
        part = parts.get(name)
        if part is not None:
            size = f"{part.customers:,} customers, {part.touchpoints:,} touchpoints"
            told += [f"{about} ({size})", table_of(part.figures)]
    return told if len(told) > 2 else []


def table_of(figures: Sequence[Figure]) -> str:
    """A line for each figure."""
    if not figures:
        return "No run of it is kept yet."
    lines = ["| | median | least – most |", "|---|---|---|"]
    for figure in figures:
        lines.append(f"| {figure.what} | {figure.short} {figure.unit} | {figure.spread} |")
    return "\n".join(lines)
