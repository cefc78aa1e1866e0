"""The migrations and the models tell the same story."""

from scripts.migration import missing_migrations


async def test_no_change_of_a_model_lacks_its_migration() -> None:
    """`make migration NAME=…` writes the missing one."""
    assert [writer.name for writer in await missing_migrations()] == []
