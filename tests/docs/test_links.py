"""A reader who follows a link arrives."""

import re

from tests.support.documents import ROOT, pages, prose

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_every_link_inside_the_repository_has_a_target() -> None:
    broken = []
    for page in pages():
        for target in LINK.findall(prose(page)):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            found = (page.parent / path).resolve() if path else page
            if not found.exists() or (anchor and anchor not in _anchors(found.read_text())):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_page_begins_with_its_title() -> None:
    untitled = [str(page.relative_to(ROOT)) for page in pages() if page.read_text()[:2] != "# "]
    assert untitled == []


def _anchors(text: str) -> set[str]:
    """Anchors as code hosts make them from headings."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.strip().replace(" ", "-") for heading in kept}
