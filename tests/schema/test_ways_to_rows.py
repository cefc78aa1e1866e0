"""SQLite finds the rows of objects by indexes, however many other rows there are."""

import pytest

from tests.support.operations import ENGINE, FIELD_BY_FIELD, ask, statements
from tests.support.rows import a_customer
from touchline.domain.kernel.db import fetch
from touchline.graphql.engine.execution import Engine

LISTS = """{ customers(first: 5) { nodes { segments { name }
  scores { explanation { lines { label points } } } } } }"""
ROLLED_UP = """{ accounts(first: 5) { nodes { peopleCount tags { tag { name } peopleCount }
  score { max } stage { name } stageCounts { peopleCount } } } }"""
ALL_OF_A_TABLE = ("SCAN s", "SCAN own", "SCAN held", "SCAN other", "SCAN p", "SCAN a")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("engine", [ENGINE, FIELD_BY_FIELD], ids=["planned", "field by field"])
@pytest.mark.parametrize("document", [LISTS, ROLLED_UP], ids=["customers", "accounts"])
async def test_no_list_of_an_object_looks_at_all_rows_of_a_table(
    document: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_customer()
    with statements(monkeypatch) as sent:
        await ask(document, engine=engine)
    for text in sent:
        plan = await fetch(f"EXPLAIN QUERY PLAN {text}", (0,) * text.count("?"))
        steps = [str(row["detail"]) for row in plan]
        assert [step for step in steps if step in ALL_OF_A_TABLE] == []
