"""Files of unknown make: encoding and delimiter are found out, rows are streamed."""

from pathlib import Path

import pytest

from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.imports.tables import inspect, open_rows


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name,city\nAnna,Leeds\n", "utf-8"),
        ("imię,miasto\nŁukasz,Łódź\n", "utf-8"),
        ("imię,miasto\nŁukasz,Łódź\n", "utf-8-sig"),
        ("imię,miasto\nŁukasz,Łódź\n", "utf-16"),
        ("imię,miasto\nŁukasz,Łódź\nMałgorzata,Żory\n", "cp1250"),
        ("name,city\nJosé,München\nZoë,Genève\n", "cp1252"),
        ("姓名,城市\n王伟,上海\n李娜,北京\n", "gb18030"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    found = inspect(table(tmp_path, text, encoding))
    with open_rows(found) as rows:
        read = [found.header, *rows.cells]
    assert read == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    lines = [["id", "note", "sum"], ["1", 'a "b", c; d', "1,5"], ["2", "", "2"]]
    quoted = [[cell.replace('"', '""') for cell in line] for line in lines]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in quoted)
    found = inspect(table(tmp_path, text))
    with open_rows(found) as rows:
        assert (found.delimiter, list(rows.cells)) == (delimiter, lines[1:])


def test_what_the_map_says_wins_over_what_is_found(tmp_path: Path) -> None:
    found = inspect(table(tmp_path, "a;b,c\n1;2,3\n"), "cp1250", ";")
    assert (found.encoding, found.header) == ("cp1250", ["a", "b,c"])


def test_blank_lines_and_line_breaks_inside_quotes_are_no_trouble(tmp_path: Path) -> None:
    found = inspect(table(tmp_path, '\n\nid,note\r\n\r\n1,"two\nlines"\r\n\r\n2,x\r\n'))
    with open_rows(found) as rows:
        assert list(rows.cells) == [["1", "two\nlines"], ["2", "x"]]


def test_a_file_is_known_by_its_digest(tmp_path: Path) -> None:
    first = inspect(table(tmp_path, "id\n1\n")).digest
    again = inspect(table(tmp_path, "id\n1\n")).digest
    other = inspect(table(tmp_path, "id\n2\n")).digest
    assert first == again != other


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    found = inspect(table(tmp_path, "id\n" + "1\n" * 50_000))
    with open_rows(found) as rows:
        next(rows.cells)
        begun = rows.bytes_read
        for _ in rows.cells:
            pass
        assert 0 < begun < rows.bytes_read == found.size


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        inspect(table(tmp_path, "\n\n"))
    assert refused.value.code is ImportCode.FILE_HAS_NO_HEADER


def test_a_cell_without_an_end_is_refused_with_its_line(tmp_path: Path) -> None:
    found = inspect(table(tmp_path, "id,note\n1,ok\n2," + "x" * 2_000_000 + "\n"))
    with open_rows(found) as rows:
        assert next(rows.cells) == ["1", "ok"]
        with pytest.raises(ImportRefused, match=r"line 3: field larger than field limit"):
            next(rows.cells)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        inspect(tmp_path / "none.csv")
    assert refused.value.code is ImportCode.FILE_NOT_READABLE


def test_an_unknown_encoding_is_refused_with_its_place_in_the_map(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        inspect(table(tmp_path, "id\n1\n"), "utf-9")
    assert (refused.value.code, refused.value.path) == (
        ImportCode.UNKNOWN_ENCODING,
        ("table", "encoding"),
    )


def test_a_file_that_is_not_in_the_said_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        inspect(table(tmp_path, "id\nŁ\n", "cp1250"), "utf-8")
    assert refused.value.code is ImportCode.FILE_NOT_READABLE
