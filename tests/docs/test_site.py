"""The documentation as a site: every page is in its navigation, and no link leaves it."""

import re

from tests.support.documents import ROOT, prose

PAGES = sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)")


def test_every_page_is_in_the_navigation_once() -> None:
    shown = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert sorted(shown) == [str(page.relative_to(ROOT / "docs")) for page in PAGES]


def test_no_link_of_a_page_leaves_the_documentation() -> None:
    leaving = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in LINK.findall(prose(page))
        if not re.match(r"[a-z]+:", target)
        and not (page.parent / target).resolve().is_relative_to(ROOT / "docs")
    ]
    assert leaving == []
