"""Which documents can be registered, and what they cost."""

import pytest

from touchline.domain.documents.errors import DocumentCode
from touchline.domain.documents.manifest import Entry
from touchline.domain.kernel.errors import Refused
from touchline.graphql.engine.vetting import vet
from touchline.graphql.schema import build_schema

SCHEMA = build_schema()
ME = "query Me { viewer { name } }"


@pytest.mark.parametrize(
    "body, said",
    [
        ("query A { nothing }", "Cannot query field 'nothing' on type 'Query'."),
        ("query A {", "Syntax Error: Expected Name, found <EOF>."),
        ("{ viewer { id } } " + "# " * 9_000, "longer than 15,000 characters."),
        ("query A { viewer { id } } query B { viewer { id } }", "It holds 2 operations"),
        ("fragment F on Viewer { id }", "Fragment 'F' is never used."),
        ("{ customers(first: 101) { nodes { id } } }", "must be from 0 to 100."),
        ("{ customers { nodes { id } } }", "needs `first` or `last`"),
        (
            "{ customers(first: 100) { nodes { timeline(first: 20) { nodes { id } } } } }",
            "It costs 2,100 at least; at most 1,000 is allowed.",
        ),
        ('{ customerByIdentifier(kind: "a\\u0000", value: "b") { id } }', "the character NUL"),
    ],
)
def test_a_document_that_nobody_could_run_is_not_registered(body: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        vet(SCHEMA, [Entry("good", ME), Entry("bad", body)])
    assert refusal.value.code is DocumentCode.DOCUMENT_INVALID
    begin = "1 of 2 documents cannot be registered, so none was. bad: "
    assert refusal.value.message.startswith(begin)
    assert said in refusal.value.message


@pytest.mark.parametrize(
    "body, least, most",
    [
        (ME, 1, 1),
        ("mutation ($i: TagCreateInput!) { tagCreate(input: $i) { tag { id } } }", 11, 11),
        (  # it judges all customers
            "mutation ($c: ConditionInput!) { conditionPreview(condition: $c) { matchCount } }",
            50,
            50,
        ),
        ("query ($n: Int!) { customers(first: $n) { nodes { id } } }", 1, 100),
        ("query ($n: Int = 20) { customers(first: $n) { nodes { id } } }", 20, 20),
        ("query ($f: Int, $l: Int) { customers(first: $f, last: $l) { nodes { id } } }", 1, 100),
        (
            """query ($n: Int!, $m: Int = 5) { customers(first: $n) { nodes {
              timeline(first: $m) { nodes { id } } } } }""",
            6,
            600,
        ),
    ],
)
def test_the_cost_is_told_for_all_sizes_that_pages_may_have(
    body: str, least: int, most: int
) -> None:
    (one,) = vet(SCHEMA, [Entry("a", body)])
    assert (one.least, one.most) == (least, most)
