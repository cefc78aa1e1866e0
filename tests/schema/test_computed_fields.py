"""What the database works out of a row is, to the byte, what Python makes of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.backlog import Team, a_ready_item, a_team, an_item
from tests.support.clock import SettableClock
from tests.support.operations import (
    PLANNED,
    STEPPED,
    answer_bytes,
    answer_to,
    ask,
    caller,
    statements,
)
from touchline.domain.backlog.types import Question
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

BOARD = """query ($id: ID!) { backlog(id: $id) { items(first: 100) { nodes { id title kind state
  position effort customerValue { kind level } businessValue { goal { id name } level }
  scores { wsjf rice ice valuePerEffort } proposedBy { name } pulledBy { name }
  blocked { since reason } ageDays readiness { ready missing }
  experiment { hypothesis metric target verdict } } } } }"""
CARDS = 12
LEVEL = st.none() | st.integers(1, 5)
MOMENT = st.none() | st.integers(0, 2 * 10**12)
WRITTEN = {
    "effort": st.none() | st.sampled_from([1, 2, 3, 5, 8, 13]),
    "customer_level": LEVEL,
    "business_level": LEVEL,
    "urgency": LEVEL,
    "confidence": st.none() | st.integers(0, 100),
    "target_milli": st.none() | st.integers(0, 10**12),
    "closed_at": MOMENT,
    "blocked_since": MOMENT,
    "segment_id": st.sampled_from([None, 1]),
}
CARD = st.tuples(st.fixed_dictionaries(WRITTEN), st.sets(st.sampled_from(Question)))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CARD, min_size=CARDS, max_size=CARDS), st.integers(0, 10**7))
async def test_random_cards_are_the_same_either_way(
    db: Settings,
    clock: SettableClock,
    cards: list[tuple[dict[str, Any], set[Question]]],
    reach: int,
) -> None:
    board = await in_transaction(lambda: _written(cards, reach))
    planned = await answer_bytes(BOARD, {"id": board}, caller(), PLANNED)
    assert planned == await answer_bytes(BOARD, {"id": board}, caller(), STEPPED)
    assert b'"errors"' not in planned


async def test_a_board_of_whole_cards_is_one_statement(
    db: Settings, monkeypatch: pytest.MonkeyPatch, clock: SettableClock
) -> None:
    team = await a_team()
    item = await _known_item(team)
    clock.advance(3 * DAY)
    with statements(monkeypatch) as sent:
        shown = await ask(BOARD, id=global_id("Backlog", team.backlog))
    assert len(sent) == 1, "\n".join(sent)
    (card,) = shown["backlog"]["items"]["nodes"]
    assert card["id"] == global_id("BacklogItem", item)
    assert card["scores"] == {
        "wsjf": 3.3333333333333335,
        "rice": None,
        "ice": 336.0,
        "valuePerEffort": 2.0,
    }
    assert (card["ageDays"], card["experiment"]["target"]) == (3, 500.0)


async def test_a_page_of_a_hundred_whole_cards_costs_what_is_read_for_it(db: Settings) -> None:
    """A card, and a goal and two people for each: values of the card itself cost nothing."""
    team = await a_team()
    await _known_item(team)
    body = await answer_to(BOARD, {"id": global_id("Backlog", team.backlog)}, caller())
    assert "errors" not in body
    cost = body["extensions"]["cost"]
    assert (cost["requested"], cost["actual"]) == (1 + 100 * 4, 1 + 2)


async def _known_item(team: Team) -> int:
    worth: dict[str, Any] = {
        "customer_level": 4,
        "business_level": 2,
        "urgency": 3,
        "confidence": 70,
    }
    return await a_ready_item(team, **worth)


async def _written(cards: list[tuple[dict[str, Any], set[Question]]], reach: int) -> str:
    """A board of such cards; returns its id."""
    known = await fetch("SELECT id FROM backlog")
    if not known:
        team = await a_team()
        for number in range(CARDS):
            await an_item(team, f"Item {number}")
        await execute(
            "INSERT INTO segment (id, name, is_static, condition, condition_summary, version,"
            " member_count, computed_at, created_at) VALUES (1, 'All', FALSE, '', '', 1, 0, 0, 0)"
        )
        known = await fetch("SELECT id FROM backlog")
    await execute("UPDATE segment SET member_count = ?", [reach])
    items = await fetch("SELECT id FROM backlog_item ORDER BY id")
    values = ", ".join(f"{name} = ?" for name in WRITTEN)
    for (item,), (written, missing) in zip(items, cards, strict=True):
        listed = ",".join(f'"{one}"' for one in sorted(missing))
        await execute(
            f"UPDATE backlog_item SET {values}, missing = '[{listed}]' WHERE id = ?",
            [*[written[name] for name in WRITTEN], item],
        )
    return global_id("Backlog", known[0][0])
