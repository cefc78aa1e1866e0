"""The documentation, read for its claims."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class CodeBlock:
    """A fenced block: where it stands, its language, its text."""

    page: Path
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}: {self.text.strip().splitlines()[0]}"


def pages() -> list[Path]:
    """Every page a reader of the repository may open."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def code_blocks(*languages: str) -> list[CodeBlock]:
    """The fenced blocks of all pages in the languages."""
    return [
        CodeBlock(page, language, text)
        for page in pages()
        for language, text in _FENCE.findall(page.read_text())
        if language in languages
    ]


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page.read_text())
