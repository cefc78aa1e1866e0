"""Cursors name a place in an order, on both engines alike."""

import base64
import random
from itertools import pairwise

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.paging import (
    Cursor,
    SortKey,
    decode_cursor,
    keyset_condition,
    order_by,
    reversed_order,
)
from touchline.domain.kernel.rows import values_table
from touchline.settings import Settings

ORDERS = [
    [SortKey("id")],
    [SortKey("id", descending=True)],
    [SortKey("score"), SortKey("id")],
    [SortKey("score", descending=True), SortKey("id", descending=True)],
    [SortKey("score", descending=True), SortKey("id")],
    [SortKey("name"), SortKey("score", descending=True), SortKey("id")],
]

parts = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(parts, min_size=1))
def test_a_cursor_leads_back_to_its_place(connection: str, key: list[int | float | str]) -> None:
    cursor = Cursor(connection, tuple(key))
    assert decode_cursor(cursor.encode(), connection, len(key)) == cursor


@given(st.text())
def test_any_text_is_a_cursor_of_the_list_or_refused(text: str) -> None:
    with pytest.raises(ValueError):
        decode_cursor(text, "customers", 1)


def packed(content: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "§",
        "e30",
        packed({}),
        packed([]),
        packed([1]),
        packed([2, "customers", 7]),
        packed([1, "customers", [7]]),
        packed([1, "customers", {}]),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        packed(1)[:-1],
    ],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor of this API"):
        decode_cursor(text, "customers", 1)


@pytest.mark.parametrize("connection, length", [("accounts", 1), ("customers", 2)])
def test_a_cursor_of_another_list_is_refused(connection: str, length: int) -> None:
    with pytest.raises(ValueError, match="a cursor of another list"):
        decode_cursor(Cursor("customers", (7,)).encode(), connection, length)


@pytest.fixture
async def table(db: Settings) -> None:
    """Sixty rows in which names and scores come again and again."""
    await execute("CREATE TABLE shelf (id BIGINT, score DOUBLE PRECISION, name VARCHAR(9))")
    chance = random.Random(3)
    rows = [(key, chance.randrange(4) / 2, chance.choice("abc")) for key in range(1, 61)]
    columns = [("id", "bigint"), ("score", "double precision"), ("name", "text")]
    given_rows, params = values_table("given", columns, rows)
    await execute(f"WITH {given_rows} INSERT INTO shelf SELECT * FROM given", params)


async def read(order: list[SortKey], size: int, after: Cursor | None = None) -> list[Cursor]:
    condition, params = keyset_condition(order, after) if after else ("1 = 1", [])
    rows = await fetch(
        f"SELECT * FROM shelf WHERE {condition} ORDER BY {order_by(order)} LIMIT ?",
        [*params, size],
    )
    return [Cursor("shelf", tuple(row[key.column] for key in order)) for row in rows]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 60])
async def test_page_by_page_one_reads_what_one_reads_at_once(
    table: None, order: list[SortKey], size: int
) -> None:
    whole = await read(order, 100)
    assert len(whole) == 60

    pages: list[list[Cursor]] = [await read(order, size)]
    while pages[-1]:
        pages.append(await read(order, size, pages[-1][-1]))

    assert [cursor for page in pages for cursor in page] == whole


@pytest.mark.parametrize("order", ORDERS)
async def test_backwards_is_the_same_list_from_its_end(table: None, order: list[SortKey]) -> None:
    whole = await read(order, 100)
    back = reversed_order(order)

    assert (await read(back, 100))[::-1] == whole
    for earlier, place in pairwise(whole):
        assert await read(back, 1, place) == [earlier]


async def test_a_row_that_comes_between_moves_no_page(table: None) -> None:
    order = ORDERS[2]
    first = await read(order, 10)
    await execute("INSERT INTO shelf VALUES (0, 0, 'a')")

    second = await read(order, 10, first[-1])

    assert (await read(order, 100))[11:21] == second
