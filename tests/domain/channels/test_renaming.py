"""A channel keeps what came by it, whatever it is called."""

from typing import Any

import pytest

from tests.support.channels import by_channel, roll_all
from tests.support.events import arrive
from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.channels.renaming import rename_channel
from touchline.domain.channels.rules import Rule, from_json
from touchline.domain.channels.ruling import apply_rules, set_rules
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings


def visit(message: str, called: str | None = None, referrer: str = "") -> dict[str, Any]:
    return {
        "type": "page",
        "anonymousId": "a",
        "messageId": message,
        "properties": {"channel": called} if called else {},
        "context": {"page": {"url": "https://us.example/", "referrer": referrer}},
    }


async def channel(name: str) -> int:
    (row,) = await fetch("SELECT id FROM channel WHERE name = ?", (name,))
    return int(row["id"])


async def names_in_force() -> set[str]:
    (row,) = await fetch("SELECT rules FROM channel_run WHERE status = 'IN_FORCE'")
    return {rule.channel for rule in from_json(str(row["rules"]))}


async def test_what_came_by_it_stays_and_both_names_lead_to_it(db: Settings) -> None:
    await arrive(db, visit("m1", referrer="https://t.me/"), visit("m2", "Chat"), visit("m3", "SMS"))
    await roll_all()
    assert await by_channel() == {"Messengers": 1, "Direct": 1, "SMS": 1}
    messengers = await channel("Messengers")
    await rename_channel(SYSTEM, messengers, "Chat")
    assert await by_channel() == {"Chat": 2, "SMS": 1}
    assert await channel("Chat") == messengers
    assert {"Chat", "Messengers"} & await names_in_force() == {"Chat"}
    await arrive(
        db,
        visit("m4", "messengers"),
        visit("m5", "chat"),
        visit("m6", referrer="https://web.whatsapp.com/"),
    )
    await roll_all()
    assert await by_channel() == {"Chat": 5, "SMS": 1}


async def test_a_list_may_name_it_as_before_and_it_may_get_its_name_back(db: Settings) -> None:
    await arrive(db, visit("m1", referrer="https://t.me/"))
    await roll_all()
    messengers = await channel("Messengers")
    await rename_channel(SYSTEM, messengers, "Chat")
    run, outlook = await set_rules(SYSTEM, (Rule("Messengers"),))
    assert [(one.name, one.channel, one.after) for one in outlook.changes] == [
        ("Chat", messengers, 1)
    ]
    await rename_channel(SYSTEM, messengers, "chat")
    await rename_channel(SYSTEM, messengers, "Messengers")
    await apply_rules(run)
    await roll_all()
    assert (await by_channel(), await names_in_force()) == ({"Messengers": 1}, {"Messengers"})


async def test_a_name_that_another_bears_or_bore_is_refused(db: Settings) -> None:
    await arrive(db, visit("m1"))
    direct, chat = await channel("Direct"), await channel("Messengers")
    await rename_channel(SYSTEM, chat, "Chat")
    for name, code in (
        ("chat", Code.CHANNEL_NAME_TAKEN),
        ("MESSENGERS", Code.CHANNEL_NAME_TAKEN),
        ("", Code.CHANNEL_NAME_INVALID),
        ("x" * 101, Code.CHANNEL_NAME_INVALID),
    ):
        with pytest.raises(Refused) as refusal:
            await rename_channel(SYSTEM, direct, name)
        assert (refusal.value.code, refusal.value.path) == (code, ("name",))
    with pytest.raises(Refused) as refusal:
        await rename_channel(SYSTEM, 999, "New")
    assert refusal.value.code is Code.CHANNEL_NOT_FOUND
    assert await channel("Direct") == direct


async def test_rules_that_nothing_met_so_far_are_named(db: Settings) -> None:
    await arrive(db, visit("m1"), visit("m2", referrer="https://www.google.com/"))
    rules = (
        Rule("Fairs", sources=("fair",)),
        Rule("Search", referrers=("google.*",)),
        Rule("Second search", referrers=("www.google.com",)),
        Rule("All"),
    )
    _, outlook = await set_rules(SYSTEM, rules)
    assert outlook.idle == (0, 2)
