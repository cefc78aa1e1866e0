"""Kills and restarts the processes of a product, from a seed."""

import asyncio
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.product import TOUCHLINE, Product

OF_ITSELF = 0.5
CHANCE_AT_A_CRASH_POINT = 0.02
WORKER_TOO = 0.5
LIVES_AT_MOST_S = 6.0
POLL_S = 0.005


@dataclass
class Killer:
    """Gives every life of the processes an end, ``kills`` times in all.

    Half of the lives end from outside, at an amount of acknowledged events; the other half by
    their own hand at a crash point. With workers apart, those die as well, every other time.
    ``by_hand`` counts the first sort, ``of_itself`` the second.
    """

    product: Product
    kills: int
    seed: int
    acked: Callable[[], int]
    total: int
    with_worker: bool
    by_hand: int = 0
    of_itself: int = 0
    workers: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def begin(self, life: int = 0) -> None:
        """Start what is not running; the last life is an ordinary one."""
        mortal = life < self.kills and self._chance.random() < OF_ITSELF
        self.product.program = self._mortal(life) if mortal else TOUCHLINE
        if self.with_worker:
            self.product.start_worker()
        await self.product.start_server()

    async def run(self) -> None:
        """Kill and restart until all kills are done; the product runs then."""
        for life in range(self.kills):
            share = (life + 0.2 + 0.6 * self._chance.random()) / self.kills
            await self._wait_for_its_end(int(self.total * share))
            self._kill_worker(is_last=life + 1 == self.kills)
            self.product.kill_server()
            await self.begin(life + 1)

    async def _wait_for_its_end(self, acked: int) -> None:
        """Until enough is acknowledged, or it is dead, or time is up (nothing more comes)."""
        server = self.product.server
        assert server is not None
        deadline = asyncio.get_running_loop().time() + LIVES_AT_MOST_S
        while self.acked() < acked and asyncio.get_running_loop().time() < deadline:
            if server.poll() is not None:
                self.of_itself += 1
                return
            await asyncio.sleep(POLL_S)
        self.by_hand += 1

    def _kill_worker(self, *, is_last: bool) -> None:
        """Perhaps kill it; surely before the last life, which no crash point may end."""
        worker = self.product.worker
        if worker is None:
            return
        if is_last or worker.poll() is not None or self._chance.random() < WORKER_TOO:
            self.product.kill_worker()
            self.workers += 1

    def _mortal(self, life: int) -> list[str]:
        arms = ["tests.e2e.mortal", f"{self.seed}-{life}", str(CHANCE_AT_A_CRASH_POINT)]
        return [sys.executable, "-m", *arms]
