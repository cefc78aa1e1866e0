"""Many rows in one statement, on both engines."""

import pytest

from touchline.domain.kernel.db import execute, execute_many, fetch, fetch_one, in_transaction
from touchline.domain.kernel.rows import column_types, in_list, insert_rows, values_table
from touchline.settings import Settings

COLUMNS = ["topic", "payload", "created_at"]
MANY = 20_000


async def outbox() -> list[tuple[str, int]]:
    rows = await fetch("SELECT topic, created_at FROM outbox ORDER BY id")
    return [(row["topic"], row["created_at"]) for row in rows]


async def test_rows_are_inserted_in_their_order_and_none_is_nothing(db: Settings) -> None:
    assert await insert_rows("outbox", COLUMNS, []) == []

    assert await insert_rows("outbox", COLUMNS, [("b", "{}", 2), ("a", '{"x":1}', 1)]) == []

    assert await outbox() == [("b", 2), ("a", 1)]


async def test_what_is_asked_back_comes_in_the_order_of_the_rows(db: Settings) -> None:
    given = [("news", "{}", number) for number in range(MANY)]

    returned = await in_transaction(
        lambda: insert_rows("outbox", COLUMNS, given, returning="id, created_at")
    )

    assert [row["created_at"] for row in returned] == list(range(MANY))
    assert [row[0] for row in returned] == sorted(row["id"] for row in returned)


async def test_a_conflict_is_settled_as_the_caller_says(db: Settings) -> None:
    columns = ["kind", "payload", "pending_key", "run_at", "created_at", "attempts"]
    keep = {"on_conflict": "ON CONFLICT (pending_key) DO NOTHING", "returning": "kind"}
    rows = [("first", "{}", "k", 1, 1, 0), ("second", "{}", "k", 2, 2, 0)]

    assert [row["kind"] for row in await insert_rows("job", columns, rows[:1], **keep)] == ["first"]
    assert await insert_rows("job", columns, rows[1:], **keep) == []
    await insert_rows(
        "job",
        columns,
        rows[1:],
        on_conflict="ON CONFLICT (pending_key) DO UPDATE SET run_at = excluded.run_at",
    )

    stored = await fetch("SELECT kind, run_at FROM job")
    assert [(row["kind"], row["run_at"]) for row in stored] == [("first", 2)]


async def test_values_of_every_kind_come_back_as_they_were(db: Settings) -> None:
    await execute("CREATE TABLE box (number BIGINT, word TEXT, raw " + _bytes(db) + ")")
    rows = [
        (-(2**63), "", b""),
        (2**63 - 1, "ü 🎈 ' \" \\ ?", b"\x00\xff"),
        (None, None, None),
    ]
    named, params = values_table(
        "given", [("number", "bigint"), ("word", "text"), ("raw", "bytea")], rows
    )

    await execute(f"WITH {named} INSERT INTO box SELECT number, word, raw FROM given", params)

    stored = await fetch("SELECT number, word, raw FROM box")
    assert {tuple(row[place] for place in range(3)) for row in stored} == set(rows)


async def test_a_given_table_can_be_joined(db: Settings) -> None:
    await insert_rows("outbox", COLUMNS, [("a", "{}", 1), ("b", "{}", 2), ("c", "{}", 3)])
    named, params = values_table(
        "given", [("topic", "text"), ("at", "bigint")], [("a", 10), ("c", 30)]
    )

    changed = await execute(
        f"""WITH {named} UPDATE outbox SET created_at = given.at
        FROM given WHERE given.topic = outbox.topic""",
        params,
    )

    assert changed == 2
    assert sorted(await outbox()) == [("a", 10), ("b", 2), ("c", 30)]


@pytest.mark.parametrize("wanted", [[], [1], [1, 3], range(5_000)])
async def test_a_list_finds_exactly_its_values(db: Settings, wanted: list[int]) -> None:
    await insert_rows("outbox", COLUMNS, [("n", "{}", number) for number in range(1, 5)])
    condition, params = in_list("created_at", wanted)

    rows = await fetch(f"SELECT created_at FROM outbox WHERE {condition} ORDER BY id", params)

    assert [row["created_at"] for row in rows] == [n for n in range(1, 5) if n in wanted]


async def test_how_many_rows_were_touched_is_told(db: Settings) -> None:
    await insert_rows("outbox", COLUMNS, [("n", "{}", number) for number in range(5)])

    assert await execute("UPDATE outbox SET topic = ? WHERE created_at > ?", ("m", 1)) == 3
    assert await execute("DELETE FROM outbox WHERE created_at > ?", (9,)) == 0
    assert await execute("DELETE FROM outbox") == 5


async def test_one_statement_runs_for_each_row_of_parameters(db: Settings) -> None:
    statement = "INSERT INTO outbox (topic, payload, created_at) VALUES (?, ?, ?)"
    await in_transaction(lambda: execute_many(statement, []))
    await in_transaction(lambda: execute_many(statement, [("a", "{}", 1), ("b", "{}", 2)]))
    assert await outbox() == [("a", 1), ("b", 2)]


async def test_there_is_a_first_row_or_none(db: Settings) -> None:
    assert await fetch_one("SELECT topic FROM outbox") is None
    await insert_rows("outbox", COLUMNS, [("a", "{}", 1), ("b", "{}", 2)])
    row = await fetch_one("SELECT topic, created_at FROM outbox ORDER BY id")
    assert row is not None
    assert (row["topic"], row[1], list(row.keys())) == ("a", 1, ["topic", "created_at"])


async def test_the_type_of_a_column_is_what_its_model_says(db: Settings) -> None:
    types = column_types("outbox")
    assert {name: types[name] for name in ("id", "topic", "payload", "created_at")} == {
        "id": "BIGINT",
        "topic": "VARCHAR(60)",
        "payload": "JSON",
        "created_at": "BIGINT",
    }
    with pytest.raises(LookupError, match="no model declares the table nowhere"):
        column_types("nowhere")


def _bytes(settings: Settings) -> str:
    return "BLOB" if settings.embedded else "BYTEA"
