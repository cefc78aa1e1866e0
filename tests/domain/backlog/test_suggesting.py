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
    ContentFigures(1, "Own", "ARTICLE", 3, 90),
    ContentFigures(2, "Case", "CASE_STUDY", 4, 40),
    ContentFigures(3, "Clip", "VIDEO", 5, 30),
    ContentFigures(4, "Clop", "VIDEO", 5, 20),
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
        "Try case study instead of “Air guide”",
        "Try video instead of “Air guide”",
        "Make more like “Case” instead of “Air guide”",
        "Make more like “Clip” instead of “Air guide”",
    ]
    assert found[1].reason == (
        "“Air guide” did not work. It was not read. On average, content of the kind video was read"
        " 25 times in the last 90 days."
    )
    there = suggestions(replace(failed, segment=Reach(2, "Bakers", 50)))
    assert there[2].reason.endswith(
        "“Case” was read by 40 customers of Bakers in the last 90 days."
    )
    assert {one.segment_id for one in there} == {2}


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
