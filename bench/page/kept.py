"""Reading what the parts of the bench kept, as figures."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bench.figures import Figure
from tests.support.deployment import Mode

RESULTS = Path(__file__).parents[1] / "results"
OURS, LIMIT = "touchline", "limit"
NO_SERVERS = {OURS, LIMIT, "pgbench"}


@dataclass(frozen=True)
class Queries:
    """A kept run of ``bench queries``."""

    told: dict[str, Any]

    @property
    def workloads(self) -> dict[str, str]:
        """Titles by key, in the order in which they were measured."""
        return {each["workload"]: each["title"] for each in self.told["measured"]}

    def contenders(self, mode: Mode) -> list[str]:
        """Who was measured on a database."""
        measured = self.told["measured"]
        return list(
            dict.fromkeys(each["contender"] for each in measured if each["database"] == mode)
        )

    def rate(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """Requests a second in each round; ``None`` where it was not measured."""
        return self._figure(workload, mode, contender, "rate", "requests/s")

    def processor(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """What a request takes of the server's processor."""
        return self._figure(workload, mode, contender, "serverMs", "ms")

    def database(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """What a request takes of PostgreSQL's processor; ``None`` in runs that did not look."""
        return self._figure(workload, mode, contender, "databaseMs", "ms")

    def _figure(
        self, workload: str, mode: Mode, contender: str, what: str, unit: str
    ) -> Figure | None:
        wanted = (workload, mode, contender)
        for each in self.told["measured"]:
            if (each["workload"], each["database"], each["contender"]) == wanted and what in each:
                return Figure(f"{workload} {contender}", unit, tuple(each[what]))
        return None

    def ratio(
        self, workload: str, mode: Mode, one: str = OURS, other: str = LIMIT
    ) -> Figure | None:
        """The pace of one as a share of another's, round by round."""
        mine, its = self.rate(workload, mode, one), self.rate(workload, mode, other)
        return mine.over(its) if mine and its else None

    def best_peer(self, workload: str, mode: Mode) -> str | None:
        """The quickest other GraphQL server at a workload."""
        rates = {
            name: rate.median
            for name in self.contenders(mode)
            if not name.startswith(OURS)
            and name not in NO_SERVERS
            and (rate := self.rate(workload, mode, name))
        }
        return max(rates, key=lambda name: rates[name], default=None)

    @property
    def memory(self) -> list[Figure]:
        """What our server held."""
        return [_figure(each) for each in self.told["memory"]]


def queries() -> Queries:
    """The last kept run of queries."""
    return Queries(orjson.loads((RESULTS / "queries.json").read_bytes()))


def board() -> Queries | None:
    """The last kept run of the board of a backlog; ``None`` before there was one."""
    kept = RESULTS / "board.json"
    return Queries(orjson.loads(kept.read_bytes())) if kept.exists() else None


def backlog() -> dict[str, list[Figure]]:
    """The last kept run of each part of the backlog, SQLite before PostgreSQL."""
    kept = RESULTS / "backlog.json"
    told = orjson.loads(kept.read_bytes()) if kept.exists() else {}
    return {
        part: [_figure(each) for figures in modes.values() for each in figures]
        for part, modes in told.items()
    }


def ingest() -> list[Figure]:
    """The last kept run of ingest; nothing before there was one."""
    kept = RESULTS / "ingest.json"
    return [_figure(each) for each in orjson.loads(kept.read_bytes())] if kept.exists() else []


@dataclass(frozen=True)
class Part:
    """A part of ``bench judgement``, and the size of the data it was measured on."""

    customers: int
    touchpoints: int
    figures: list[Figure]


def judgement() -> dict[str, Part]:
    """The last kept run of each part of judgement; nothing before there was one."""
    kept = RESULTS / "judgement.json"
    told = orjson.loads(kept.read_bytes()) if kept.exists() else {}
    return {
        name: Part(
            part["customers"], part["touchpoints"], [_figure(each) for each in part["figures"]]
        )
        for name, part in told.items()
    }


def _figure(told: dict[str, Any]) -> Figure:
    return Figure(told["what"], told["unit"], tuple(told["rounds"]))
