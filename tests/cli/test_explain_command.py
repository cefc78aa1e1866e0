"""``touchline explain`` says what would be done with a document, without any database."""

import io
from pathlib import Path

import pytest

from tests.support.cli import touchline

PAGE = """query ($id: ID!) {
  customer(id: $id) { id timeline(first: 20) { nodes { id } } } viewer { id }
}"""
GIVEN = '{"id": "Customer_1"}'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.graphql"
    path.write_text(PAGE)
    return path


def test_it_tells_cost_and_plan_and_the_sql_of_both_databases(page: Path) -> None:
    told = touchline("explain", page, "--variables", GIVEN, "--json").json()

    assert told["cost"] == 22
    assert told["fields"] == {
        "customer": {"compiled": True, "why": None},
        "viewer": {"compiled": False, "why": "it is answered by a function"},
    }
    assert "json_object('id', 'Customer_' || t1.id)" in told["sql"]["sqlite"]
    assert "LIMIT 20" in told["sql"]["sqlite"]
    assert 'chr(30) || \'{"id":"Customer_\' || t1.id' in told["sql"]["postgres"]
    assert "$1::bigint" in told["sql"]["postgres"]


def test_people_read_comments_and_statements(page: Path) -> None:
    said = touchline("explain", page, "--variables", GIVEN).out.splitlines()

    assert said[:5] == [
        "-- cost: at most 22",
        "-- customer: compiled",
        "-- viewer: field by field (it is answered by a function)",
        "",
        "-- sqlite",
    ]


@pytest.mark.parametrize(
    "text, variables, code, message",
    [
        (PAGE, "{}", 1, "Variable '$id' has invalid value"),
        (PAGE, "[]", 2, "--variables is no JSON object"),
        ("{ nothing }", "{}", 1, "Cannot query field 'nothing' on type 'Query'."),
        ("{ customers { nodes { id } } }", "{}", 1, "`customers` needs `first` or `last`"),
        (
            '{ customers(first: 1, after: "x") { nodes { id } } }',
            "{}",
            1,
            "`after` is not a cursor",
        ),
    ],
)
def test_what_would_be_refused_is_refused(
    text: str, variables: str, code: int, message: str, page: Path
) -> None:
    page.write_text(text)

    outcome = touchline("explain", page, "--variables", variables)

    assert (outcome.code, message in outcome.err.replace("\n", " ")) == (code, True), outcome.err


def test_a_document_may_come_from_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{ viewer { id } }")))

    told = touchline("explain", "-", "--json").json()

    assert (told["cost"], told["most"]) == (1, 1_000)


def test_a_file_that_is_no_text_and_several_operations_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.graphql"
    path.write_bytes(b"{ \xff }")
    unread = touchline("explain", path)
    path.write_text("query B { viewer { id } } query A { viewer { id } }")
    unclear = touchline("explain", path)

    assert (unread.code, unread.err.endswith("not UTF-8: byte 2 begins no character\n")) == (
        2,
        True,
    )
    message = "touchline: The document holds the operations A, B: say which one is meant.\n"
    assert (unclear.code, unclear.err) == (1, message)
    assert touchline("explain", path, "--operation", "A", "--json").json()["cost"] == 1


def test_what_would_be_refused_for_its_cost_is_said(tmp_path: Path) -> None:
    path = tmp_path / "dear.graphql"
    path.write_text("{ customers(first: 100) { nodes { timeline(first: 100) { nodes { id } } } } }")

    first = touchline("explain", path).out.splitlines()[0]

    assert first == "-- cost: at most 10,100; it is refused, for 1,000 is allowed"
