"""A map is small, and says where it is wrong."""

from pathlib import Path

import pytest

from touchline.domain.imports.errors import ImportCode, ImportRefused, map_path
from touchline.domain.imports.mapping import parse_map, read_map, section_for

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))


def refusal(text: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        parse_map(text)
    return refused.value


def test_a_map_of_one_call_is_three_lines() -> None:
    found = parse_map('[[call]]\ntype = "identify"\nuser_id = "{id}"\n')
    assert found.calls[0].type == "identify"
    assert found.calls[0].user_id == "{id}"


def test_an_unknown_word_is_named_with_its_place() -> None:
    refused = refusal('[[call]]\ntype = "identify"\nuserid = "{id}"\n')
    assert refused.code is ImportCode.MAP_INVALID
    assert refused.message == "Object contains unknown field `userid`."
    assert map_path(refused.path) == "call[0]"


def test_an_unknown_type_of_call_is_named_with_its_place() -> None:
    refused = refusal('[[file]]\n[[file.call]]\ntype = "purchase"\n')
    assert refused.message == "Invalid enum value 'purchase'."
    assert map_path(refused.path) == "file[0].call[0].type"


def test_a_value_of_the_wrong_type_is_named_with_what_is_expected() -> None:
    refused = refusal('[[call]]\ntype = "track"\nlabel = 3\n')
    assert refused.message == "Expected `str | null`, got `int`."
    assert map_path(refused.path) == "call[0].label"


def test_what_is_not_toml_is_not_readable() -> None:
    assert refusal("[[call").code is ImportCode.MAP_NOT_READABLE


def test_a_missing_map_is_not_readable(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"none\.toml cannot be read") as refused:
        read_map(tmp_path / "none.toml")
    assert refused.value.code is ImportCode.MAP_NOT_READABLE


@pytest.mark.parametrize(
    "text", ["", '[[call]]\ntype = "track"\n[[file]]\n[[file.call]]\ntype = "track"\n']
)
def test_a_map_has_calls_or_files_and_not_both(text: str) -> None:
    assert refusal(text).code is ImportCode.MAP_INVALID


def test_the_first_section_that_fits_a_file_name_speaks_of_it() -> None:
    found = parse_map(
        '[[file]]\nmatch = "contact*.csv"\n[[file.call]]\ntype = "identify"\n'
        '[[file]]\n[[file.call]]\ntype = "track"\n'
    )
    contacts, place = section_for(found, "contact_data.csv")
    others, other_place = section_for(found, "events.csv")
    assert (contacts.calls[0].type, place) == ("identify", ("file", 0))
    assert (others.calls[0].type, other_place) == ("track", ("file", 1))


def test_a_file_that_no_section_fits_is_refused_with_the_patterns_there_are() -> None:
    found = parse_map('[[file]]\nmatch = "contact*.csv"\n[[file.call]]\ntype = "identify"\n')
    with pytest.raises(ImportRefused, match=r"it has: contact\*\.csv") as refused:
        section_for(found, "deals.csv")
    assert refused.value.code is ImportCode.FILE_NOT_IN_MAP


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_shipped_maps_can_be_read(path: Path) -> None:
    found = read_map(path)
    assert found.source
