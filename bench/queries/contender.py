"""Who takes part: something that can be asked a workload and put under load."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx
import orjson

from bench.queries import cache
from bench.queries.common_shape import common
from bench.queries.loading import Loaded
from bench.queries.shooting import Sample, shoot
from bench.queries.workload import Ask, Draw, Variables, Workload
from bench.queries.world import World
from tests.support.deployment import Mode

PATIENCE_S = 30


class CannotAnswer(Exception):
    """A contender answers with an error; the text says which."""


@dataclass(frozen=True)
class Bench:
    """What contenders are started with."""

    size: World
    loaded: Mapping[Mode, Loaded]

    def log(self, name: str) -> Path:
        """The file to which a contender's server writes."""
        return cache.folder("logs") / f"{name}.log"

    def mend(self, workload: Workload) -> None:
        """Take back what the workload wrote; the tables that its limit needs are there then."""
        if workload.mended:
            for mode, loaded in self.loaded.items():
                loaded.execute(*workload.made.get(mode, ()), *workload.mended)

    def settle(self, workload: Workload, mode: Mode) -> None:
        """Wait until nothing is done any more because of what the workload wrote."""
        deadline = time.monotonic() + PATIENCE_S
        while workload.settled and self.loaded[mode].look(workload.settled)[0][0]:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{workload.key}: what follows from it does not come to an end")
            time.sleep(0.1)


class Contender(Protocol):
    """One column of the table."""

    name: str
    mode: Mode
    pid: int | None
    compared: bool
    """Whether it shows answers that can be held against those of others."""

    def offers(self, workload: Workload) -> bool:
        """Whether it can be asked this."""

    def answer(self, workload: Workload, draw: Draw) -> Any:
        """Its answer in the common shape. ``CannotAnswer`` says that it refuses the question."""

    def shoot(
        self, workload: Workload, draws: Sequence[Draw], connections: int, seconds: float
    ) -> Sample:
        """Its pace under load."""


@dataclass
class OverHttp:
    """A contender that is asked by POST."""

    name: str
    mode: Mode
    pid: int | None
    url: Callable[[Workload], str]
    ask: Callable[[Workload], Ask | None]
    headers: Mapping[str, str] = field(default_factory=dict)
    compared: bool = True
    _bodies: dict[str, list[bytes]] = field(default_factory=dict)

    def offers(self, workload: Workload) -> bool:
        return self.ask(workload) is not None

    def answer(self, workload: Workload, draw: Draw) -> Any:
        ask = self._ask(workload)
        said = self._post(workload, ask.document, self._variables(workload, draw))
        told = common(said)
        while isinstance(told, dict) and len(told) == 1:
            (told,) = told.values()
        return ask.shape(told)

    def shoot(
        self, workload: Workload, draws: Sequence[Draw], connections: int, seconds: float
    ) -> Sample:
        bodies = self._bodies.get(workload.key)
        if bodies is None:
            document = self._ask(workload).document
            bodies = self._bodies[workload.key] = [
                _body(document, self._variables(workload, draw)) for draw in draws
            ]
        url = self.url(workload)
        return shoot(
            url,
            self.headers,
            bodies,
            connections=connections,
            seconds=seconds,
            pid=self.pid,
            database_pid=cache.postgres_pid() if self.mode == "postgres" else None,
        )

    def _ask(self, workload: Workload) -> Ask:
        ask = self.ask(workload)
        assert ask is not None
        return ask

    def _variables(self, workload: Workload, draw: Draw) -> Variables:
        ask = self._ask(workload)
        variables = ask.variables(draw)
        if ask.cursor is None:
            return variables
        page = self._post(workload, ask.cursor, variables)
        while "pageInfo" not in page:
            (page,) = page.values()
        return {"after": page["pageInfo"]["endCursor"], **ask.beside(draw)}

    def _post(self, workload: Workload, document: str, variables: Variables) -> Any:
        try:
            response = httpx.post(
                self.url(workload),
                content=_body(document, variables),
                headers={**self.headers, "Content-Type": "application/json"},
                timeout=PATIENCE_S,
                verify=False,  # loading certificates takes longer than asking over the loopback
            )
        except httpx.HTTPError as error:
            raise CannotAnswer(str(error) or type(error).__name__) from None
        said = response.json() if response.content else {}
        if response.status_code != httpx.codes.OK or said.get("errors"):
            raise CannotAnswer(response.text[:500])
        return said["data"]


def _body(document: str, variables: Variables) -> bytes:
    return orjson.dumps({"query": " ".join(document.split()), "variables": variables})
