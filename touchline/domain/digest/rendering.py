"""The update as text: Markdown, and what chat programs read. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.kernel.clock import Moment, format_moment

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~&])")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; ``otherwise`` where there is nothing."""

    title: str
    lines: Sequence[str]
    otherwise: str = "Nothing."


@dataclass(frozen=True, slots=True)
class Digest:
    """The update of a week: its title, and all of it in Markdown."""

    title: str
    markdown: str


def title_of(until: Moment) -> str:
    """What the update is called: its day."""
    return f"Weekly update, {format_moment(until)[:10]}"


def rendered(title: str, sections: Sequence[Section]) -> Digest:
    """The sections as Markdown."""
    parts = [f"# {title}"]
    for section in sections:
        lines = [f"- {line}" for line in section.lines] or [section.otherwise]
        parts.append("\n".join([f"## {section.title}", "", *lines]))
    return Digest(title, "\n\n".join(parts) + "\n")


def plain(text: str) -> str:
    """What people wrote, as one line of Markdown that shows just that."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_LINE:
        line = line[: _LONGEST_LINE - 1] + "…"
    return _SPECIAL.sub(r"\\\1", line)


def for_chat(markdown: str) -> str:
    """The same for Slack and programs that read as it does: bold headings, and nothing that calls
    somebody, since ``&``, ``<`` and ``>`` are shown as they are."""
    return "\n".join(_chat_line(line) for line in markdown.splitlines())


def _chat_line(line: str) -> str:
    shown = _ESCAPED.sub(r"\1", _BOLD.sub(r"*\1*", line))
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if line.startswith("#"):
        return f"*{shown.lstrip('# ')}*"
    return f"• {shown[2:]}" if line.startswith("- ") else shown
