"""Markdown as HTML that is safe to show on any page.

Two fences stand behind each other. The renderer shows HTML inside of a body as text; whatever it
makes is then cleaned against a list of tags, attributes and schemes of addresses.
"""

from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "strong", "em", "s", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "code": {"class"},
    "ol": {"start"},
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
    generic_attribute_prefixes=set(),
)
_WORDS = {"text", "softbreak", "text_special"}


def render(markdown: str) -> str:
    """The HTML of a Markdown text (CommonMark with tables and strikethrough)."""
    return _CLEANER.clean(_MARKDOWN.render(markdown))


def form(markdown: str) -> tuple[object, ...]:
    """What a Markdown text is apart from its words: headings, lists, links and where they lead."""
    return tuple(
        (token.type, token.tag, token.nesting, token.markup, tuple(sorted(token.attrs.items())))
        for token in _flat(_MARKDOWN.parse(markdown))
        if token.type not in _WORDS
    )


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])
