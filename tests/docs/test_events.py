"""Every event that is told is documented, with what follows from it."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.support.documents import ROOT
from touchline.workers.routes import LIVE, ROUTES

PAGE = (ROOT / "docs" / "events.md").read_text()
SOURCES = sorted((ROOT / "touchline").rglob("*.py"))
TELLERS = {"emit", "emit_many"}


def test_every_topic_is_documented_and_every_documented_topic_exists() -> None:
    documented = re.findall(r"^## `([\w.]+)`$", PAGE, re.MULTILINE)
    assert documented == sorted(_topics().values())


def test_whatever_is_told_is_a_topic_of_an_events_file() -> None:
    told = {name for source in SOURCES for name in _told_in(source)}
    assert told == set(_topics())


def test_what_follows_from_a_topic_is_documented() -> None:
    assert {*ROUTES, *LIVE} <= set(_topics().values())
    for topic in _topics().values():
        section = PAGE.partition(f"## `{topic}`")[2].partition("\n## ")[0]
        assert _row(section, "Jobs") == set(ROUTES.get(topic, ()))
        assert set(LIVE.get(topic, ())) <= _row(section, "Live channels")


def _row(section: str, name: str) -> set[str]:
    """The words in code of the row that begins with ``name``."""
    (row,) = re.findall(rf"^\| {name} \| (.+) \|$", section, re.MULTILINE)
    return set(re.findall(r"`([\w.]+)`", row))


def _topics() -> dict[str, str]:
    """Name and value of each constant in the ``events`` files of the domain."""
    modules = [
        import_module(".".join(source.relative_to(ROOT).with_suffix("").parts))
        for source in SOURCES
        if source.name == "events.py"
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }


def _told_in(source: Path) -> Iterator[str]:
    """What stands as the topic of each call that writes to the outbox."""
    for node in ast.walk(ast.parse(source.read_text())):
        if not isinstance(node, ast.Call) or source.name == "outbox.py":
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else None
        if isinstance(function, ast.Name):
            name = function.id
        if name in TELLERS:
            yield ast.unparse(node.args[0]).rpartition(".")[2]
