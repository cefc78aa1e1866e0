"""Commands on templates."""

from collections.abc import Sequence

import orjson

from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.guardrails import Slot, filled, slot_of
from touchline.domain.content.types import AssetKind, SlotRule
from touchline.domain.content.writing import MAX_BODY
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows

MAX_NAME = 100
MAX_SLOTS = 50
MAX_TOKENS = 20


@transactional
async def create_template(
    actor: Actor, *, name: str, kind: AssetKind, slots: Sequence[Slot]
) -> int:
    """Make a template; what is locked must itself keep the rules. Returns its id."""
    actor.require(Scope.WRITE)
    label = " ".join(name.split())
    if not label or len(label) > MAX_NAME or not label.isprintable():
        raise _invalid(f"A template's name has 1 to {MAX_NAME} characters.", "name")
    _check_slots(slots)
    kept = orjson.dumps([slot.as_json() for slot in slots]).decode()
    rows = await insert_rows(
        "content_template",
        ["name", "name_key", "kind", "slots", "actor_name", "created_at"],
        [(label, name_key(label), kind, kept, actor.name, now())],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        message = f"There is a template called {label} already."
        raise Refused(Code.NAME_TAKEN, message, ("name",))
    return int(rows[0]["id"])


@transactional
async def archive_template(actor: Actor, template_id: int) -> None:
    """Take a template out of use. Assets that were made of it are still held to it."""
    actor.require(Scope.WRITE)
    archived = await execute(
        "UPDATE content_template SET archived_at = ?, name_key = NULL"
        " WHERE id = ? AND archived_at IS NULL",
        (now(), template_id),
    )
    if not archived:
        raise unknown_template("id")


async def template_of(template_id: int, *, in_use: bool = False) -> tuple[AssetKind, list[Slot]]:
    """Kind and slots of a template; refuses unknown ones, and with ``in_use`` archived ones."""
    row = await fetch_one(
        "SELECT kind, slots, archived_at FROM content_template WHERE id = ?", (template_id,)
    )
    if row is None or (in_use and row["archived_at"] is not None):
        raise unknown_template("templateId")
    return AssetKind(row["kind"]), [slot_of(kept) for kept in orjson.loads(row["slots"])]


def unknown_template(*path: str) -> Refused:
    """The refusal for a template that does not exist."""
    return Refused(Code.TEMPLATE_NOT_FOUND, "There is no such template in use.", path)


def _check_slots(slots: Sequence[Slot]) -> None:
    if not 1 <= len(slots) <= MAX_SLOTS:
        raise _invalid(f"A template has 1 to {MAX_SLOTS} slots.", "slots")
    if sum(len(slot.text) for slot in slots) > MAX_BODY:
        raise _invalid(f"Its texts have at most {MAX_BODY:,} characters together.", "slots")
    seen: set[str] = set()
    for at, slot in enumerate(slots):
        _check_slot(slot, at, seen)
        seen.add(slot.name)
    locked = [slot for slot in slots if slot.rule is SlotRule.LOCKED]
    filled(locked, {})


def _check_slot(slot: Slot, at: int, seen: set[str]) -> None:
    named = slot.name.strip() == slot.name and 0 < len(slot.name) <= MAX_NAME
    if not named or not slot.name.isprintable() or slot.name in seen:
        message = f"A slot has a name of its own of 1 to {MAX_NAME} characters."
        raise _invalid(message, "slots", at, "name")
    if "\x00" in slot.text:
        raise _invalid("A text holds no NUL.", "slots", at, "text")
    if slot.min_length < 0 or (slot.max_length is not None and slot.max_length < slot.min_length):
        message = "Lengths are 0 or more, the greatest not below the least."
        raise _invalid(message, "slots", at, "maxLength")
    if len(slot.tokens) > MAX_TOKENS or not all(token.strip() for token in slot.tokens):
        message = f"A slot has at most {MAX_TOKENS} tokens, none of them blank."
        raise _invalid(message, "slots", at, "tokens")


def _invalid(message: str, *path: str | int) -> Refused:
    return Refused(Code.TEMPLATE_INVALID, message, path)
