"""The weekly update as text."""

from touchline.domain.content.rendering import render
from touchline.domain.digest.rendering import Section, for_chat, plain, rendered

EVIL = "# <script>alert(1)</script> <!channel> *b* [x](http://evil) & `c`"


def test_an_update_is_headings_and_lists() -> None:
    found = rendered("Weekly update", [Section("Done", ["One", "Two"]), Section("Next", [])])
    assert found.markdown == ("# Weekly update\n\n## Done\n\n- One\n- Two\n\n## Next\n\nNothing.\n")
    assert for_chat(found.markdown) == (
        "*Weekly update*\n\n*Done*\n\n• One\n• Two\n\n*Next*\n\nNothing."
    )


def test_what_people_wrote_is_shown_and_does_nothing() -> None:
    found = rendered("T", [Section("Done", [plain(EVIL)])])
    html = render(found.markdown)
    assert "<script" not in html
    assert "<a " not in html
    assert "# &lt;script&gt;alert(1)&lt;/script&gt; &lt;!channel&gt; *b*" in html
    assert "• # &lt;script&gt;alert(1)&lt;/script&gt; &lt;!channel&gt; *b*" in for_chat(
        found.markdown
    )


def test_lines_stay_lines() -> None:
    assert plain("a\n\n## b\r\n- c") == "a \\#\\# b - c"
    assert len(plain("x" * 10_000)) == 500
