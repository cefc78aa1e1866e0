"""From a map and a row to calls."""

from pathlib import Path

import pytest

from touchline.domain.imports.errors import ImportCode, ImportRefused, RowRefused, map_path
from touchline.domain.imports.lookups import columns_of
from touchline.domain.imports.mapping import parse_map, section_for
from touchline.domain.imports.occurrences import Occurrences
from touchline.domain.imports.tables import inspect
from touchline.domain.imports.translate import Call, Translator, translator

HEADER = "id,mail,city,amount,when,tags,kind"


def translation(folder: Path, call: str, header: str = HEADER) -> Translator:
    path = folder / "rows.csv"
    path.write_text(header + "\n")
    found = parse_map(call)
    section, place = section_for(found, path.name)
    columns, _ = columns_of(inspect(path), section, found.table, place)
    return translator(section, columns, found.table.time_zone, place)


def only(folder: Path, call: str, row: str) -> Call:
    (made,) = translation(folder, call).calls(row.split(","))
    made.pop("messageId")
    return made


def refused_map(folder: Path, call: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        translation(folder, call)
    return refused.value


def refused_row(folder: Path, call: str, row: str) -> RowRefused:
    with pytest.raises(RowRefused) as refused:
        translation(folder, call).calls(row.split(","))
    return refused.value


def test_templates_name_columns_and_everything_else_stands_for_itself(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "track"
        event = "Bought {kind}"
        user_id = "crm:{id}"
        timestamp = "{when}"
        [call.properties]
        amount = { from = "{amount}", as = "float" }
        currency = "EUR"
        lines = 3
        isTest = false
        braces = "{{x}}"
        [call.context.campaign]
        source = "{city}"
    """
    assert only(tmp_path, call, "7,a@b.example,Leeds,12.5,2026-01-02 03:04:05,,tea") == {
        "type": "track",
        "event": "Bought tea",
        "userId": "crm:7",
        "timestamp": "2026-01-02T03:04:05.000Z",
        "properties": {
            "amount": 12.5,
            "currency": "EUR",
            "lines": 3,
            "isTest": False,
            "braces": "{x}",
        },
        "context": {"campaign": {"source": "Leeds"}},
    }


def test_empty_values_are_left_out_and_empty_one_column_empties_a_template(tmp_path: Path) -> None:
    call = """
        [table]
        empty = ["", "NULL"]
        [[call]]
        type = "identify"
        user_id = "crm:{id}"
        anonymous_id = "{id}-{city}"
        [call.traits]
        email = "{mail}"
        [call.traits.address]
        city = "{city}"
    """
    assert only(tmp_path, call, "7,NULL, ,,,,") == {"type": "identify", "userId": "crm:7"}


def test_the_first_value_that_is_not_empty_is_taken(tmp_path: Path) -> None:
    call = '[[call]]\ntype = "identify"\nuser_id = { from = ["{mail}", "{id}"], otherwise = "x" }\n'
    assert only(tmp_path, call, "7,,,,,,")["userId"] == "7"
    assert only(tmp_path, call, "7,a@b.example,,,,,")["userId"] == "a@b.example"
    assert only(tmp_path, call, ",,,,,,")["userId"] == "x"


def test_choices_turn_one_word_into_another(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "track"
        user_id = "{id}"
        event = { from = "{kind}", choices = { OPEN = "Email Opened" }, otherwise = "Email Event" }
    """
    assert only(tmp_path, call, "7,,,,,,OPEN")["event"] == "Email Opened"
    assert only(tmp_path, call, "7,,,,,,PRINT")["event"] == "Email Event"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("int", "1 204", 1204),
        ("int", "5.0", 5),
        ("float", "12,5", 12.5),
        ("float", "1234567.25", 1234567.25),
        ("bool", "TRUE", True),
        ("bool", "no", False),
        ("date", "2026-03-04 10:00:00", "2026-03-04"),
        ("datetime", "2026-03-04", "2026-03-04T00:00:00.000Z"),
        ("datetime", "1772592000", "2026-03-04T02:40:00.000Z"),
        ("json", '{"a": [1]}', {"a": [1]}),
        ("text", "007", "007"),
    ],
)
def test_values_have_types(tmp_path: Path, kind: str, cell: str, value: object) -> None:
    call = f"""
        [[call]]
        type = "identify"
        user_id = "u"
        traits.value = {{ from = "{{amount}}", as = "{kind}" }}
    """
    (made,) = translation(tmp_path, call, "amount").calls([cell])
    assert made["traits"] == {"value": value}


def test_a_list_is_split(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "identify"
        user_id = "{id}"
        traits.tags = { from = "{tags}", as = "list", sep = ";" }
    """
    assert only(tmp_path, call, "7,,,,,a; b;;c,")["traits"] == {"tags": ["a", "b", "c"]}


def test_a_time_without_a_zone_is_in_the_zone_the_map_says(tmp_path: Path) -> None:
    call = """
        [table]
        time_zone = "Europe/Warsaw"
        [[call]]
        type = "track"
        event = "x"
        user_id = "{id}"
        timestamp = { from = "{when}", formats = ["%d.%m.%Y %H:%M", "%d.%m.%Y"] }
        [call.properties]
        plain = { from = "{city}", as = "datetime" }
        winter = { from = "{city}", as = "datetime", time_zone = "UTC" }
    """
    made = only(tmp_path, call, "7,,2026-01-01 12:00,,01.07.2026 12:00,,")
    assert made["timestamp"] == "2026-07-01T10:00:00.000Z"
    assert made["properties"] == {
        "plain": "2026-01-01T11:00:00.000Z",
        "winter": "2026-01-01T12:00:00.000Z",
    }


def test_external_ids_are_lists_of_a_kind(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "identify"
        [call.external_ids]
        crm = ["{id}", { from = "{tags}", as = "list", sep = ";" }]
    """
    assert only(tmp_path, call, "7,,,,,8;9,")["context"] == {
        "externalIds": [
            {"id": text, "type": "crm", "collection": "users", "encoding": "none"}
            for text in ("7", "8", "9")
        ]
    }


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ('kind = "a"', ["a"]),
        ('kind = ["a", "b"]', ["a", "b"]),
        ('kind = { not = "a" }', ["b", ""]),
        ("kind = { empty = false }", ["a", "b"]),
        ("kind = { empty = true }", [""]),
        ('kind = { matches = "^[bc]$" }', ["b"]),
        ('kind = { empty = false, not = ["a"] }', ["b"]),
    ],
)
def test_when_says_which_rows_become_a_call(
    tmp_path: Path, condition: str, rows: list[str]
) -> None:
    call = f'[[call]]\ntype = "identify"\nuser_id = "u"\n[call.when]\n{condition}\n'
    found = translation(tmp_path, call, "kind")
    assert [row for row in ("a", "b", "") if found.calls([row])] == rows


def test_one_row_can_make_several_calls(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "identify"
        user_id = "{id}"
        [[call]]
        type = "track"
        event = "Signed up"
        user_id = "{id}"
    """
    made = translation(tmp_path, call).calls(["7", "", "", "", "", "", ""])
    assert [each["type"] for each in made] == ["identify", "track"]
    assert made[0]["messageId"] != made[1]["messageId"]


def test_a_message_id_may_be_named(tmp_path: Path) -> None:
    call = '[[call]]\ntype = "identify"\nuser_id = "u"\nmessage_id = "order-{id}"\n'
    found = translation(tmp_path, call)
    assert found.calls(["7", "", "", "", "", "", ""])[0]["messageId"] == "order-7"
    assert not found.needs_occurrence


def test_without_one_it_is_made_of_the_row_and_of_its_count_among_its_like(tmp_path: Path) -> None:
    found = translation(tmp_path, '[[call]]\ntype = "identify"\nuser_id = "u"\n')
    row, other = ["7", "", "", "", "", "", ""], ["8", "", "", "", "", "", ""]

    def run() -> list[object]:
        seen = Occurrences(HEADER.split(","))
        made = [found.calls(each, seen.count(each))[0]["messageId"] for each in (row, other, row)]
        seen.close()
        return list(made)

    first, again = run(), run()
    assert len(set(first)) == 3
    assert first == again


def test_two_calls_alike_need_labels(tmp_path: Path) -> None:
    call = '[[call]]\ntype = "identify"\nuser_id = "{id}"\n' * 2
    assert refused_map(tmp_path, call).code is ImportCode.MAP_INVALID
    labelled = call.replace("type", 'label = "a"\ntype', 1)
    assert len(translation(tmp_path, labelled).calls(["7", "", "", "", "", "", ""])) == 2


def test_an_unknown_column_is_named_with_its_place_and_the_nearest(tmp_path: Path) -> None:
    refused = refused_map(
        tmp_path, '[[call]]\ntype = "identify"\nuser_id = "u"\ntraits.address.city = "{citty}"\n'
    )
    assert refused.code is ImportCode.UNKNOWN_COLUMN
    assert map_path(refused.path) == "call[0].traits.address.city"
    assert "Did you mean 'city'?" in refused.message


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ('user_id = "{id"', "call[0].user_id", ImportCode.MAP_INVALID),
        ('when = { nothing = "x" }', "call[0].when.nothing", ImportCode.UNKNOWN_COLUMN),
        ('when = { id = { matches = "(" } }', "call[0].when.id.matches", ImportCode.MAP_INVALID),
        ("timestamp = 3", "call[0].timestamp", ImportCode.MAP_INVALID),
        (
            'timestamp = { from = "{when}", time_zone = "Mars" }',
            "call[0].timestamp",
            ImportCode.UNKNOWN_TIME_ZONE,
        ),
        (
            'traits.x = { from = "{id}", as = "money" }',
            "call[0].traits.x",
            ImportCode.MAP_INVALID,
        ),
    ],
)
def test_a_map_that_cannot_work_is_refused_with_the_place(
    tmp_path: Path, line: str, place: str, code: ImportCode
) -> None:
    refused = refused_map(tmp_path, f'[[call]]\ntype = "identify"\n{line}\n')
    assert (map_path(refused.path), refused.code) == (place, code)


@pytest.mark.parametrize("kind", ["int", "float", "bool", "datetime", "date", "json"])
def test_a_value_that_is_not_of_its_type_costs_the_row(tmp_path: Path, kind: str) -> None:
    call = f"""
        [[call]]
        type = "identify"
        user_id = "{{id}}"
        traits.x = {{ from = "{{amount}}", as = "{kind}" }}
    """
    refused = refused_row(tmp_path, call, "7,,,twelve,,,")
    assert refused.code is ImportCode.BAD_VALUE
    assert map_path(refused.path) == "call[0].traits.x"
    assert refused.message.startswith(f"'twelve' is not {kind}: ")


def test_json_of_any_depth_costs_the_row_at_most(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "identify"
        user_id = "u"
        traits.x = { from = "{amount}", as = "json" }
    """
    found = translation(tmp_path, call, "amount")
    with pytest.raises(RowRefused):
        found.calls(["[" * 100_000])


@pytest.mark.parametrize("row", ["7", "7,,,,,,,,"])
def test_a_row_of_the_wrong_width_is_refused(tmp_path: Path, row: str) -> None:
    refused = refused_row(tmp_path, '[[call]]\ntype = "identify"\nuser_id = "{id}"\n', row)
    assert refused.code is ImportCode.BAD_ROW


LOOKUP = """
    [[lookup]]
    name = "campaign"
    file = "campaigns.csv"
    key = "id"
    on = "{kind}"
    [[call]]
    type = "track"
    event = "Email Opened"
    user_id = "{id}"
    [call.properties]
    subject = "{campaign.subject}"
"""


def test_a_side_table_lends_its_columns_by_key(tmp_path: Path) -> None:
    (tmp_path / "campaigns.csv").write_text("id;subject\n5;Hello\n6;Bye\n")
    assert only(tmp_path, LOOKUP, "7,,,,,,6")["properties"] == {"subject": "Bye"}
    assert "properties" not in only(tmp_path, LOOKUP, "7,,,,,,9")


def test_a_missing_side_table_is_named_with_its_place(tmp_path: Path) -> None:
    refused = refused_map(tmp_path, LOOKUP)
    assert refused.code is ImportCode.FILE_NOT_READABLE
    assert map_path(refused.path) == "lookup[0].file"


def test_a_key_that_the_side_table_lacks_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "campaigns.csv").write_text("number;subject\n5;Hello\n")
    refused = refused_map(tmp_path, LOOKUP)
    assert refused.code is ImportCode.UNKNOWN_COLUMN
    assert map_path(refused.path) == "lookup[0].key"


def test_a_text_that_does_not_match_is_as_good_as_none(tmp_path: Path) -> None:
    call = """
        [[call]]
        type = "identify"
        user_id = "{id}"
        traits.email = { from = "{mail}", matches = "@" }
    """
    assert only(tmp_path, call, "7,a@b.example,,,,,")["traits"] == {"email": "a@b.example"}
    assert "traits" not in only(tmp_path, call, "7,c2NyYW1ibGVk,,,,,")
