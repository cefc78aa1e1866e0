"""A thousand pulls of a hundred items at the same instant, over HTTP: see ``pullers``."""

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Callable

from rich.console import Console

from bench.backlog.clients import asking, serving
from bench.backlog.ordering import SERVERS
from bench.figures import Figure
from tests.support.backlog import a_member, a_ready_item, a_team
from tests.support.deployment import Mode
from tests.support.product import Product
from tests.support.pullers import PULLED, pull_together
from touchline.domain.backlog.service import set_wip_limit
from touchline.domain.backlog.types import WipScope
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.ids import global_id

PULLS, ITEMS, PEOPLE, LIMIT = 1_000, 100, 20, 5
PULL = """mutation Pull($input: BacklogItemPullInput!) { backlogItemPull(input: $input) {
  backlogItem { id } userErrors { code } } }"""


def figures(
    mode: Mode, fresh: Callable[[], Product], _asked: argparse.Namespace, _console: Console
) -> list[Figure]:
    """What became of the pulls. ``AssertionError`` says which promise was broken."""
    told, seconds = asyncio.run(_pulled(mode, fresh()))
    counts = {
        f"pulls of {ITEMS} items by {PEOPLE} people at once": PULLS,
        "pulled": told[PULLED],
        "refused: somebody works on it": told["ALREADY_PULLED"],
        f"refused: works on {LIMIT} already": told["PERSON_LIMIT_REACHED"],
    }
    found = [Figure(f"{mode}: {what}", "", (float(n),)) for what, n in counts.items()]
    return [*found, Figure(f"{mode}: pulls tried", "1/s", (PULLS / seconds,))]


async def _pulled(mode: Mode, product: Product) -> tuple[Counter[str], float]:
    product.command("migrate")
    await open_database(product.settings)
    try:
        team = await a_team()
        await set_wip_limit(team.ada, team.backlog, scope=WipScope.PERSON, most=LIMIT)
        items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
        people = [(await a_member(f"P{at}")).member_id or 0 for at in range(PEOPLE)]
        async with (
            serving(product, SERVERS[mode]) as urls,
            asking(urls, people) as asks,
        ):

            async def pull(who: int, item: int) -> str:
                given = {"itemId": global_id("BacklogItem", item), "reason": "at random"}
                (answer,) = (await asks[who](PULL, {"input": given})).values()
                errors = answer["userErrors"]
                return str(errors[0]["code"]) if errors else PULLED

            begun = time.monotonic()
            told = await pull_together(pull, PEOPLE, items, pulls=PULLS, limit=LIMIT)
            return told, time.monotonic() - begun
    finally:
        await close_database()
