"""``touchline recompute attribution``, and what ``doctor --verify`` finds of it."""

import asyncio
from pathlib import Path

from tests.support.attribution import came, did, happens, sales
from tests.support.cli import touchline
from tests.support.database_file import run_sql
from touchline.domain.attribution.effects import fit
from touchline.domain.kernel.db import close_database, open_database
from touchline.settings import Settings


async def _credited(folder: Path) -> None:
    settings = Settings(_env_file=None, data_dir=folder)
    await open_database(settings)
    try:
        await sales()
        await happens(
            settings,
            came("ann", "Organic search", 9),
            came("ann", "E-mail", 5),
            did("ann", "Bought", 2, total="100.00"),
            came("bob", "E-mail", 5),
        )
        await fit()
        await happens(settings)
    finally:
        await close_database()


def test_what_was_lost_of_credits_is_found_and_mended(tmp_path: Path) -> None:
    where = ("--data-dir", tmp_path, "--json")
    touchline("migrate", "--data-dir", tmp_path)
    asyncio.run(_credited(tmp_path))
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
    run_sql(
        tmp_path,
        "UPDATE attribution_credit SET value_minor = 1 WHERE model = 'LAST'",
        "DELETE FROM attribution_day WHERE model = 'FIRST'",
    )

    told = touchline("doctor", "--verify", *where)
    parts = {part["part"]: part["state"] for part in told.parsed()["parts"]}
    assert told.code == 5
    assert parts["attribution"] == (
        "1 conversions are credited otherwise; 1 sums of days are otherwise"
    )

    assert touchline("recompute", "attribution", *where).json() == {
        "changed": 1,
        "changedDays": 1,
        "goals": [{"goal": "Sales", "paths": 2, "conversions": 1, "channels": 2}],
    }
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
