"""What follows from what came of an item: rules that are the same whenever one asks."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.backlog.suggesting import MOST, Learned, Reach, suggestions
from touchline.domain.backlog.types import Suggested, Verdict
from touchline.domain.performance.comparing import ChannelFigures, ContentFigures

ITEM = Learned(
    id=7,
    title="Air guide",
    verdict=Verdict.WORKED,
    sentence="It was read 9 times in 14 days; the target was 5.",
    content="Air",
    lineage="3",
    kinds=frozenset({"ARTICLE"}),
    families=frozenset({3}),
    window_days=14,
)
CHANNELS = [ChannelFigures(at, f"Channel {at}", reads=at, publications=at % 2) for at in range(6)]
SEGMENTS = [Reach(at, f"Segment {at}", size=at) for at in range(1, 5)]
OTHERS = [
    ContentFigures(1, "Own", "ARTICLE", "en", 3, 90),
    ContentFigures(2, "Case", "CASE_STUDY", "en", 4, 40),
    ContentFigures(3, "Clip", "VIDEO", "en", 5, 30),
    ContentFigures(4, "Clop", "VIDEO", "en", 5, 20),
]


def test_what_worked_goes_to_other_channels_and_segments() -> None:
    found = suggestions(replace(ITEM, channels=CHANNELS, segments=SEGMENTS))
    assert [(one.kind, one.channel_id or one.segment_id) for one in found] == [
        (Suggested.CHANNEL, 5),
        (Suggested.CHANNEL, 3),
        (Suggested.CHANNEL, 1),
        (Suggested.SEGMENT, 4),
        (Suggested.SEGMENT, 3),
    ]
    assert (found[0].title, found[3].title) == (
        "Bring “Air” to Channel 5",
        "Make something like “Air” for Segment 4",
    )
    assert found[0].reason == (
        "“Air guide” worked. It was read 9 times in 14 days; the target was 5. Nothing of this"
        " content was published on Channel 5 yet, by way of which content was read 5 times in the"
        " last 90 days."
    )


def test_what_did_not_work_gives_way_to_what_does_better() -> None:
    failed = replace(ITEM, verdict=Verdict.DID_NOT, others=OTHERS, sentence="It was not read.")
    found = suggestions(failed)
    assert [one.title for one in found] == [
        "Try a case study instead of “Air guide”",
        "Try a video instead of “Air guide”",
        "Make more like “Case” instead of “Air guide”",
        "Make more like “Clip” instead of “Air guide”",
    ]
    assert found[1].reason == (
        "“Air guide” did not work. It was not read. On average, a video was read"
        " 25 times in the last 90 days."
    )
    there = suggestions(replace(failed, segment=Reach(2, "Bakers", 50)))
    assert there[2].reason.endswith(
        "“Case” was read by 40 customers of Bakers in the last 90 days."
    )
    assert {one.segment_id for one in there} == {2}


def test_only_content_in_the_languages_of_the_item_takes_its_place() -> None:
    failed = replace(ITEM, verdict=Verdict.DID_NOT, languages=frozenset({"en"}))
    paper = ContentFigures(8, "白皮书", "WHITE_PAPER", "zh", 8, 400)
    told = ContentFigures(9, "客户故事", "CASE_STUDY", "zh", 4, 300)
    found = suggestions(replace(failed, others=[paper, told, *OTHERS]))
    assert found == suggestions(replace(failed, others=OTHERS))
    anywhere = replace(failed, languages=frozenset(), others=[paper])
    assert [one.asset_id for one in suggestions(anywhere)] == [None, 8]


def test_content_of_no_kind_of_its_own_is_no_kind_to_try() -> None:
    sheet = ContentFigures(8, "Sheet", "OTHER", "en", 8, 400)
    found = suggestions(replace(ITEM, verdict=Verdict.DID_NOT, others=[sheet]))
    assert [(one.kind, one.asset_id) for one in found] == [(Suggested.THEME, 8)]


def test_a_reason_says_once_what_came_of_it() -> None:
    tried = replace(
        ITEM,
        verdict=Verdict.DID_NOT,
        sentence="It did not work: “Pop-up” is worse than “Line”.",
        is_tried=True,
        others=OTHERS[1:2],
    )
    (kind, theme) = suggestions(tried)
    assert kind.reason == (
        "“Air guide” was tried. It did not work: “Pop-up” is worse than “Line”. On average, a case"
        " study was read 40 times in the last 90 days."
    )
    assert theme.reason == (
        "“Air guide” was tried. It did not work: “Pop-up” is worse than “Line”. “Case” was read 40"
        " times in the last 90 days."
    )


def test_a_reason_goes_by_the_owner_where_they_judged_otherwise_than_the_figures() -> None:
    overruled = replace(ITEM, is_overruled=True, segments=SEGMENTS[:1])
    (only,) = suggestions(overruled)
    assert only.reason == (
        "The Owner judged that “Air guide” worked. Segment 1 holds 1 customer, and nothing of this"
        " content was made for them yet."
    )


def test_what_was_not_clear_is_tried_with_as_many_people_as_it_takes() -> None:
    unclear = replace(ITEM, verdict=Verdict.INCONCLUSIVE, sentence="Few came.")
    (longer,) = suggestions(replace(unclear, reached=10, needed=30))
    assert (longer.kind, longer.window_days) == (Suggested.LONGER, 42)
    assert longer.reason == (
        "“Air guide” was not clear. Few came. It takes 30 people, and there were 10; watch it for"
        " about 42 days, or reach more."
    )
    (again,) = suggestions(replace(unclear, has_target=False))
    assert again.title == "Do “Air guide” again, with a target"
    (mended,) = suggestions(unclear)
    assert mended.title == "Do “Air guide” again, so that it can be measured"


@given(
    st.sampled_from(Verdict),
    st.lists(st.sampled_from(CHANNELS), unique=True),
    st.lists(st.sampled_from(SEGMENTS), unique=True),
    st.lists(st.sampled_from(OTHERS), unique=True),
    st.one_of(st.none(), st.integers(1, 10**6)),
    st.data(),
)
def test_they_are_few_the_same_in_any_order_and_do_not_come_back(
    verdict: Verdict,
    channels: list[ChannelFigures],
    segments: list[Reach],
    others: list[ContentFigures],
    needed: int | None,
    data: st.DataObject,
) -> None:
    known = replace(
        ITEM, verdict=verdict, channels=channels, segments=segments, others=others, needed=needed
    )
    found = suggestions(known)
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys)) <= MOST
    turned = replace(known, channels=channels[::-1], segments=segments[::-1], others=others[::-1])
    assert suggestions(turned) == found
    gone = set(data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else [])
    assert gone.isdisjoint(one.key for one in suggestions(known, gone))
