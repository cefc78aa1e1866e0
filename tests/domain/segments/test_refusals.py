"""A command on a segment that cannot be carried out changes nothing."""

import pytest

from touchline.domain.conditions.errors import ConditionCode
from touchline.domain.conditions.tree import All, Condition, Did, InSegment, Not
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Conflict, Forbidden, Refused
from touchline.domain.segments import service
from touchline.domain.segments.errors import SegmentErrorCode as Code
from touchline.domain.segments.service import SegmentText

pytestmark = pytest.mark.usefixtures("db")

BUYERS = Did(event="Ordered")


async def made(name: str, condition: Condition = BUYERS, *, is_static: bool = False) -> int:
    return (
        await service.create_segment(SYSTEM, SegmentText(name), condition, is_static=is_static)
    ).id


async def stored() -> list[tuple[object, ...]]:
    rows = await fetch("SELECT name, condition, version, archived_at FROM segment ORDER BY id")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


@pytest.mark.parametrize(
    "text, condition, code, path",
    [
        (SegmentText(" "), BUYERS, Code.NAME_EMPTY, ("name",)),
        (SegmentText("x" * 101), BUYERS, Code.NAME_EMPTY, ("name",)),
        (SegmentText("a", "x" * 1_001), BUYERS, Code.DESCRIPTION_INVALID, ("description",)),
        (SegmentText("a"), All(()), ConditionCode.CONDITION_EMPTY, ("condition", "all")),
        (
            SegmentText("a"),
            Not(InSegment(77)),
            ConditionCode.UNKNOWN_REFERENCE,
            ("condition", "not", "segment"),
        ),
    ],
)
async def test_a_segment_that_cannot_be_is_not_made(
    text: SegmentText, condition: Condition, code: str, path: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        await service.create_segment(SYSTEM, text, condition)
    assert (refused.value.code, refused.value.path) == (code, path)
    assert await stored() == []


async def test_two_segments_do_not_have_one_name() -> None:
    await made("Buyers")
    before = await stored()
    with pytest.raises(Refused) as refused:
        await made("  buyers ")
    assert refused.value.code == Code.NAME_TAKEN
    assert await stored() == before


async def test_a_cycle_is_refused_by_the_names_on_it() -> None:
    first = await made("First")
    second = await made("Second", InSegment(first))
    third = await made("Third", Not(InSegment(second)))
    before = await stored()
    with pytest.raises(Refused) as refused:
        await service.update_segment(
            SYSTEM, first, SegmentText("First"), All((BUYERS, InSegment(third)))
        )
    assert refused.value.code == ConditionCode.CONDITION_CYCLE
    assert refused.value.path == ("condition", "all", 1, "segment")
    assert refused.value.message == "It would depend on itself: Third → Second → First."
    assert await stored() == before


async def test_a_segment_does_not_name_itself() -> None:
    first = await made("First")
    with pytest.raises(Refused) as refused:
        await service.update_segment(SYSTEM, first, SegmentText("First"), InSegment(first))
    assert refused.value.code == ConditionCode.CONDITION_CYCLE


async def test_a_segment_that_another_names_stays() -> None:
    first = await made("First")
    await made("Second", InSegment(first))
    before = await stored()
    with pytest.raises(Refused) as refused:
        await service.archive_segment(SYSTEM, first)
    assert refused.value.code == Code.SEGMENT_IN_USE
    assert refused.value.message == "First is named by the segment Second."
    assert await stored() == before


async def test_an_archived_segment_is_no_more_and_gives_its_name_back() -> None:
    first = await made("First")
    await service.archive_segment(SYSTEM, first)
    with pytest.raises(Refused) as refused:
        await service.archive_segment(SYSTEM, first)
    assert refused.value.code == Code.SEGMENT_NOT_FOUND
    assert await made("First") != first


async def test_a_static_segment_keeps_its_condition() -> None:
    static = await made("Static", is_static=True)
    with pytest.raises(Refused) as refused:
        await service.update_segment(SYSTEM, static, SegmentText("Static"), Not(BUYERS))
    assert refused.value.code == Code.SEGMENT_IS_STATIC


async def test_a_change_of_an_older_version_is_refused() -> None:
    first = await made("First")
    await service.update_segment(SYSTEM, first, SegmentText("First"), Not(BUYERS))
    before = await stored()
    with pytest.raises(Conflict) as conflict:
        await service.update_segment(
            SYSTEM, first, SegmentText("First"), BUYERS, expected_version=1
        )
    assert conflict.value.current == 2
    assert await stored() == before


@pytest.mark.parametrize("act", ["create", "update", "archive"])
async def test_who_may_only_read_changes_nothing(act: str) -> None:
    first = await made("First")
    reader = Actor(ActorKind.API_KEY, 1, "Reader", frozenset({Scope.READ}))
    acts = {
        "create": lambda: service.create_segment(reader, SegmentText("Other"), BUYERS),
        "update": lambda: service.update_segment(reader, first, SegmentText("Other")),
        "archive": lambda: service.archive_segment(reader, first),
    }
    before = await stored()
    with pytest.raises(Forbidden):
        await acts[act]()
    assert await stored() == before
