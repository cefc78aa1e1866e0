"""Which names campaigns may have: an admin's list for each part, so that reports hold no strays."""

import re
from collections.abc import Sequence

from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.links.building import Utm, checked_name
from touchline.domain.links.errors import LinkErrorCode as Code

MAX_PATTERNS = 200
_SHOWN = 10


@transactional
async def set_name_rule(actor: Actor, part: str, patterns: Sequence[str]) -> int | None:
    """Say what names a part of campaigns may have; returns the rule, none where any will do.

    ``*`` stands for any text. Links that exist keep their names.
    """
    actor.require(Scope.ADMIN)
    if len(patterns) > MAX_PATTERNS:
        message = f"A part has at most {MAX_PATTERNS} patterns."
        raise Refused(Code.UTM_INVALID, message, ("patterns",))
    spelt = [_checked(part, pattern, at) for at, pattern in enumerate(patterns)]
    await execute("DELETE FROM utm_name_rule WHERE part = ?", (part,))
    if not spelt:
        return None
    rows = await insert_rows(
        "utm_name_rule",
        ["part", "patterns", "actor_name", "changed_at"],
        [(part, " ".join(dict.fromkeys(spelt)), actor.name, now())],
        returning="id",
    )
    return int(rows[0]["id"])


async def check_names(utm: Utm) -> None:
    """Refuse names that the lists do not hold; ``utm`` is spelt as links spell it."""
    for row in await fetch("SELECT part, patterns FROM utm_name_rule ORDER BY id"):
        name, patterns = getattr(utm, row["part"]), row["patterns"].split()
        if name and not any(_holds(pattern, name) for pattern in patterns):
            among = ", ".join(patterns[:_SHOWN]) + (", …" if len(patterns) > _SHOWN else "")
            message = f"A {row['part']} is one of: {among}."
            raise Refused(Code.UTM_NOT_ALLOWED, message, ("utm", row["part"]))


def _checked(part: str, pattern: str, at: int) -> str:
    text = "-".join(pattern.lower().split())
    try:
        checked_name(part, text.replace("*", "x"))
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, ("patterns", at)) from None
    if not text:
        raise Refused(Code.UTM_INVALID, "A pattern is not empty.", ("patterns", at))
    return text


def _holds(pattern: str, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name) is not None
