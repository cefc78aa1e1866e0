"""The shape of a capability: few files, named alike, tables of its own."""

import configparser
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOMAIN = ROOT / "touchline" / "domain"
SERVE_ALL = {"kernel", "migrations"}
DECLARED_TABLE = re.compile(r"^\s+table = \"(\w+)\"", re.MULTILINE)
SQL_ON = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE)\s+\"?(\w+)|\b(?:insert_rows|allocate)\(\s*\"(\w+)\""
)
STATEMENT = re.compile(r"^(?:from|import|def|async|class)\b", re.MULTILINE)


def test_a_capability_is_flat() -> None:
    nested = [
        f"{capability}/{path.name}"
        for capability in _capabilities()
        for path in (DOMAIN / capability).iterdir()
        if path.is_dir() and path.name != "__pycache__"
    ]
    assert nested == []


def test_the_package_file_of_a_capability_holds_no_code() -> None:
    """Whoever imports names the module, so that the arrow is seen."""
    full = [
        capability
        for capability in _capabilities()
        if STATEMENT.search((DOMAIN / capability / "__init__.py").read_text())
    ]
    assert full == []


def test_a_contract_keeps_the_tables_of_each_capability_private() -> None:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    kept = {
        name.removeprefix("importlinter:contract:tables-of-"): (
            contract["type"],
            contract["protected_modules"].split(),
            contract["allowed_importers"].split(),
        )
        for name, contract in parser.items()
        if name.startswith("importlinter:contract:tables-of-")
    }
    assert kept == {
        capability: (
            "protected",
            [f"touchline.domain.{capability}.{file.stem}" for file in _declaring(capability)],
            [f"touchline.domain.{capability}"],
        )
        for capability in [*_capabilities(), "kernel"]
        if (DOMAIN / capability / "models.py").exists()
    }


def test_no_other_capability_writes_sql_on_a_table() -> None:
    """Importing the model is one way into a foreign table; naming it in SQL is the other."""
    owners = {table: owner for owner, table in _tables()}
    trespasses = {
        f"{path.relative_to(DOMAIN)} on {table} of {owners[table]}"
        for path in sorted(DOMAIN.rglob("*.py"))
        for found in SQL_ON.finditer(path.read_text())
        if (table := found[1] or found[2]) in owners
        if path.relative_to(DOMAIN).parts[0] not in {owners[table], "migrations"}
    }
    assert trespasses == set()


def _capabilities() -> list[str]:
    found = (path.parent.name for path in sorted(DOMAIN.glob("*/__init__.py")))
    return [name for name in found if name not in SERVE_ALL]


def _tables() -> Iterator[tuple[str, str]]:
    """(capability, table) of every table that a capability declares."""
    for capability in [*_capabilities(), "kernel"]:
        for models in _declaring(capability):
            for table in DECLARED_TABLE.findall(models.read_text()):
                yield capability, table


def _declaring(capability: str) -> list[Path]:
    """The files that declare tables: ``models``, and parts of it that stand alone."""
    return sorted((DOMAIN / capability).glob("*models.py"), key=lambda file: len(file.stem))
