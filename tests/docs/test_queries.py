"""Queries in the documentation run against the committed schema."""

from graphql import build_schema, parse, validate

from tests.support.documents import ROOT, code_blocks


def test_every_query_that_is_told_of_is_valid() -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text())
    faults = {
        block.place: [fault.message for fault in validate(schema, parse(block.text))]
        for block in code_blocks("graphql")
    }
    assert {place: messages for place, messages in faults.items() if messages} == {}
