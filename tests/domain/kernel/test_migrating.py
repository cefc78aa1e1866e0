"""Bringing a database to the present tables loses no row."""

import asyncio
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import touchline.domain.migrations
from touchline.domain.kernel import orm
from touchline.domain.kernel.db import (
    close_database,
    dialect,
    execute,
    fetch,
    fetch_one,
    open_database,
)
from touchline.domain.kernel.migrating import migrate, pending_migrations
from touchline.domain.kernel.rows import insert_rows
from touchline.settings import Settings

NEXT = "9999_widen"
WIDEN = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("touchline", "{last}")]
    operations = [
        ops.AlterField("OutboxEvent", "topic", fields.CharField(max_length=90)),
        ops.AddField("OutboxEvent", "colour", fields.CharField(max_length=9, null=True)),
    ]
"""


@pytest.fixture
def one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The migrations of the product and one after them, which remakes a table on SQLite."""
    shipped = Path(next(iter(touchline.domain.migrations.__path__)))
    package = tmp_path / "later" / "later_migrations"
    shutil.copytree(shipped, package, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in package.glob("[0-9]*.py"))
    (package / f"{NEXT}.py").write_text(WIDEN.format(last=last))
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setattr(orm, "MIGRATIONS", package.name)
    yield
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]


async def contents(table: str) -> list[dict[str, object]]:
    rows = await fetch(f"SELECT * FROM {table} ORDER BY id")
    return [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118


async def test_an_empty_database_gets_every_table(settings: Settings, tmp_path: Path) -> None:
    fresh = settings.model_copy(update={"data_dir": tmp_path / "not" / "yet" / "there"})
    await open_database(fresh)
    try:
        pending = await pending_migrations()
        assert await migrate() == pending
        assert await pending_migrations() == []
        assert await migrate() == []
        assert await fetch("SELECT id FROM outbox") == []
    finally:
        await close_database()


async def test_a_filled_table_keeps_its_rows_and_keys(db: Settings, one_more: None) -> None:
    rows = [(f"topic {number}", f'{{"n":{number}}}', number) for number in range(2_000)]
    await insert_rows("outbox", ["topic", "payload", "created_at"], rows)
    before = await contents("outbox")

    assert await migrate() == [NEXT]

    assert await contents("outbox") == [{**row, "colour": None} for row in before]


async def test_new_keys_go_on_after_the_old_ones(db: Settings, one_more: None) -> None:
    """Were the sequence begun anew, a deleted row's key would name another row."""
    columns = ["topic", "payload", "created_at"]
    kept = await insert_rows("outbox", columns, [("kept", "{}", 1)], returning="id")
    gone = await insert_rows("outbox", columns, [("gone", "{}", 2)], returning="id")
    await execute("DELETE FROM outbox WHERE topic = 'gone'")

    await migrate()

    new = await insert_rows("outbox", columns, [("new", "{}", 3)], returning="id")
    assert new[0]["id"] > gone[0]["id"] > kept[0]["id"]


async def test_foreign_keys_are_in_force_again(db: Settings, one_more: None) -> None:
    await migrate()
    if dialect() == "sqlite":
        row = await fetch_one("PRAGMA foreign_keys")
        assert row is not None
        assert row[0] == 1
        assert await fetch("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_processes_that_start_together_migrate_once(
    settings: Settings, tmp_path: Path
) -> None:
    """A second one waits for the first and finds nothing left to do."""
    command = [sys.executable, "-m", "touchline", "migrate", "--data-dir", tmp_path / "new"]
    started = [
        await asyncio.create_subprocess_exec(
            *map(str, command),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        for _ in range(3)
    ]
    told = [(await process.communicate())[0].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
