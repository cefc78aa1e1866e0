"""What the weekly update tells of the team's work."""

from tests.support.backlog import a_launched_item, a_ready_item, a_team
from tests.support.clock import SettableClock
from touchline.domain.backlog.measuring import LONGEST_WAIT, measure
from touchline.domain.backlog.words import USUAL_DAYS
from touchline.domain.backlog.working import block_item, pull_item
from touchline.domain.digest.gathering import NEXT, digest_of
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings


async def test_it_tells_what_was_done_moved_blocked_and_what_is_next(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    await a_launched_item(team, "Old news")
    clock.advance(8 * DAY)
    await a_launched_item(team, "Air *guide*")
    pulled = await a_ready_item(team, "Landing page")
    await pull_item(team.bob, pulled)
    await block_item(team.bob, pulled, reason="No photos yet")
    await a_ready_item(team, "Webinar")
    clock.advance(DAY)
    assert (await digest_of(clock())).markdown == (
        "# Weekly update, 2026-03-11\n\n"
        "## Done\n\n- Air \\*guide\\*: launched by Bob Marketing\n\n"
        "## Moved\n\n- Landing page: pulled by Bob Marketing\n\n"
        "## Blocked\n\n- Landing page: since 2026-03-10. No photos yet\n\n"
        "## Results\n\nNothing was measured.\n\n"
        "## Being tried out\n\nNothing is being tried out.\n\n"
        "## Next\n\n- Webinar\n"
    )


async def test_it_tells_what_came_of_items_in_words_and_keeps_what_was_launched_as_done(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    item = await a_launched_item(team, "Air guide")
    row = await fetch("SELECT launched_at, window_days FROM backlog_item WHERE id = ?", (item,))
    clock.advance((row[0]["window_days"] or USUAL_DAYS) * DAY + 2 * LONGEST_WAIT)
    await measure(item)
    clock.advance(DAY)
    shown = (await digest_of(clock())).markdown
    assert "## Done\n\nNothing was launched.\n" in shown
    unclear = "- **Air guide**: it is not clear what came of it. It has no content"
    assert f"## Results\n\n{unclear}" in shown
    earlier = (await digest_of(row[0]["launched_at"] + DAY)).markdown
    assert "## Done\n\n- Air guide: launched by Bob Marketing\n" in earlier
    assert "## Results\n\nNothing was measured.\n" in earlier


async def test_of_several_backlogs_it_says_whose_work_it_is_and_tells_what_is_next_in_each(
    db: Settings, clock: SettableClock
) -> None:
    team, other = await a_team(), await a_team("Web *site*")
    for at in range(NEXT + 1):
        await a_ready_item(team, f"Leaflet {at}")
    pulled = await a_ready_item(other, "Footer")
    await pull_item(other.bob, pulled)
    await block_item(other.bob, pulled, reason="No logo")
    await a_ready_item(other, "Header")
    clock.advance(DAY)
    shown = (await digest_of(clock())).markdown
    assert "- Web \\*site\\*: Footer: pulled by Bob Web \\*site\\*\n" in shown
    assert "- Web \\*site\\*: Footer: since 2026-03-02. No logo\n" in shown
    following = shown.split("## Next\n\n")[1].splitlines()
    assert following == [
        *(f"- Marketing: Leaflet {at}" for at in range(NEXT)),
        "- Web \\*site\\*: Header",
    ]


async def test_a_week_without_work_says_so(db: Settings, clock: SettableClock) -> None:
    shown = (await digest_of(clock())).markdown
    assert "## Done\n\nNothing was launched.\n" in shown
    assert "## Next\n\nNothing is ready to be pulled.\n" in shown
