"""House rules that neither the formatter nor the type checker knows."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "touchline"
TESTS = ROOT / "tests"

LONGEST_MODULE = 300
LONGEST_TEST = 400
LEFT_FOR_LATER = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[N]otImplementedError)\b")
EXCUSES = {"skip", "skipif", "xfail", "importorskip"}
STAND_INS = {"unittest.mock", "fakeredis", "pytest_mock"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "manager"}


def test_the_package_and_its_tests_are_found() -> None:
    assert PACKAGE / "__init__.py" in _modules()
    assert Path(__file__) in _tests()


def test_a_module_fits_in_three_hundred_lines() -> None:
    assert _longer_than(LONGEST_MODULE, _modules()) == {}


def test_a_test_module_fits_in_four_hundred_lines() -> None:
    assert _longer_than(LONGEST_TEST, _tests()) == {}


def test_imports_stand_at_the_top_of_a_module_and_hold_at_run_time() -> None:
    """An import inside a function, a condition or TYPE_CHECKING hides an arrow."""
    hidden = [
        f"{_name(path)}:{node.lineno}"
        for path in _modules()
        for parent in ast.walk(_tree(path))
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.If | ast.Try)
        for node in ast.walk(parent)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_is_left_for_later() -> None:
    left = {
        _name(path): LEFT_FOR_LATER.findall(path.read_text()) for path in [*_modules(), *_tests()]
    }
    assert {name: words for name, words in left.items() if words} == {}


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    """A test that cannot run fails; it never looks like one that passed."""
    excused = [
        f"{_name(path)}:{node.lineno}"
        for path in _tests()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr in EXCUSES
    ]
    assert excused == []


def test_no_database_and_no_redis_has_a_stand_in() -> None:
    imported = {
        (_name(path), module)
        for path in _tests()
        for node in ast.walk(_tree(path))
        for module in _imported(node)
        if module in STAND_INS
    }
    assert imported == set()


def test_a_module_is_named_by_its_idea() -> None:
    named = {part.removesuffix(".py") for path in _modules() for part in path.parts}
    assert named & VAGUE == set()


def test_test_folders_are_no_packages() -> None:
    """One would shadow an installed package of its name: tests/graphql the one of graphql-core."""
    assert list(TESTS.rglob("__init__.py")) == []
    assert not (TESTS / "graphql").exists()


def _modules() -> list[Path]:
    """Migrations are written by a machine and read by nobody."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def _tests() -> list[Path]:
    return sorted(TESTS.rglob("*.py"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _longer_than(most: int, paths: Iterable[Path]) -> dict[str, int]:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in paths}
    return {name: lines for name, lines in lengths.items() if lines > most}


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()
