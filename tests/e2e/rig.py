"""What the rigs that kill workers have in common: a command line, and a database that is open."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sized
from typing import Protocol

from tests.support.deployment import MODES, deployments
from tests.support.product import Product
from touchline.domain.kernel.db import close_database, open_database

Rehearse = Callable[[Product, int, int], "Awaitable[Judged]"]
"""Is given an empty product, how much to do, and a seed."""


class Judged(Protocol):
    """What came of it; nothing is ``broken`` where all held."""

    @property
    def broken(self) -> Sized:
        """What did not hold."""


def run_rig(rehearse: Rehearse, about: str, *, amount: str, usual: int) -> int:
    """Run a rig from the command line; ``amount`` is what its option for how much is called."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--mode", choices=MODES, default="sqlite")
    parser.add_argument(f"--{amount}", dest="amount", type=int, default=usual)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with deployments(asked.mode) as fresh:
        product = fresh()
        product.command("migrate")
        outcome = asyncio.run(_opened(rehearse, product, asked.amount, asked.seed))
    sys.stdout.write(f"{asked.mode}: {outcome}\n")
    return 1 if outcome.broken else 0


async def _opened(rehearse: Rehearse, product: Product, amount: int, seed: int) -> Judged:
    await open_database(product.settings)
    try:
        return await rehearse(product, amount, seed)
    finally:
        await close_database()
