"""The list of rules in force, the channels it names, and the turn that changes of them take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.channels.defaults import DEFAULT_RULES
from touchline.domain.channels.origins import Origin
from touchline.domain.channels.rules import Rule, decider, to_json
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.kernel.turns import Turn, take_turns

IN_FORCE, WAITING, OVERTAKEN, REPLACED = "IN_FORCE", "WAITING", "OVERTAKEN", "REPLACED"


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of the list and the channels there are, by the keys of their names."""

    version: int
    rules: str
    channels: dict[str, int]

    def decide(self) -> Callable[[Origin], tuple[int, int] | None]:
        """What says the rule and the channel of an origin by this list; made once for many."""
        key_of = decider(self.rules, tuple(sorted(self.channels)))

        def decided(origin: Origin) -> tuple[int, int] | None:
            found = key_of(origin)
            return None if found is None else (found[0], self.channels[found[1]])

        return decided

    def classify(self) -> Callable[[Origin], int | None]:
        """The channel alone."""
        decide = self.decide()

        def channel_of(origin: Origin) -> int | None:
            found = decide(origin)
            return None if found is None else found[1]

        return channel_of


async def hold_rules() -> None:
    """From here to the end of the transaction nobody else changes rules or adds origins."""
    await take_turns(Turn.CHANNELS, [0])


async def in_force() -> Listed:
    """What is in force now; the list that ships is made so where there is none. Hold the rules."""
    row = await fetch_one("SELECT version, rules FROM channel_run WHERE status = ?", (IN_FORCE,))
    if row is None:
        return await _begin()
    return Listed(row["version"], str(row["rules"]), await channels())


async def channels() -> dict[str, int]:
    """The channels there are, by the keys of their names, those of former ones too."""
    rows = await fetch(
        "SELECT channel_id AS id, name_key FROM channel_former_name"
        " UNION ALL SELECT id, name_key FROM channel"
    )
    return {row["name_key"]: row["id"] for row in rows}


def names_in(rules: Sequence[Rule]) -> dict[str, str]:
    """The channels that a list names, by the keys of their names."""
    return {name_key(rule.channel): rule.channel for rule in rules if not rule.explicit}


async def make_channels(rules: Sequence[Rule]) -> None:
    """Make those channels that a list names and that do not exist."""
    known = await channels()
    missing = sorted((key, name) for key, name in names_in(rules).items() if key not in known)
    await insert_rows(
        "channel",
        ["name", "name_key", "created_at"],
        [(name, key, now()) for key, name in missing],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
    )


async def _begin() -> Listed:
    await make_channels(DEFAULT_RULES)
    rules, moment = to_json(DEFAULT_RULES), now()
    await insert_rows(
        "channel_run",
        [
            *("version", "status", "rules", "changes", "origin_count", "touchpoint_count"),
            *("changed_count", "actor_name", "created_at", "finished_at"),
        ],
        [(1, IN_FORCE, rules, orjson.dumps([]).decode(), 0, 0, 0, SYSTEM.name, moment, moment)],
    )
    return Listed(1, rules, await channels())
