"""Commands on tags themselves: making, changing and deleting them."""

import re
from dataclasses import dataclass

from touchline.domain.conditions.registry import renamed
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.tags.errors import TagErrorCode

MAX_NAME = 100
MAX_CATEGORY = 100
MAX_DESCRIPTION = 1_000
_COLOR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class TagText:
    """What people write about a tag. ``color`` is ``#`` and six hexadecimal digits."""

    name: str
    category: str | None = None
    color: str | None = None
    description: str | None = None


@transactional
async def create_tag(actor: Actor, text: TagText) -> int:
    """Make a tag; no two have the same name in any case. Returns its id."""
    actor.require(Scope.WRITE)
    checked = _checked(text)
    rows = await insert_rows(
        "tag",
        ["name", "name_key", "category", "color", "description", "customer_count", "created_at"],
        [
            (
                *(checked.name, name_key(checked.name), checked.category, checked.color),
                *(checked.description, 0, now()),
            )
        ],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise _taken(checked.name)
    return int(rows[0]["id"])


@transactional
async def update_tag(actor: Actor, tag_id: int, text: TagText) -> None:
    """Give a tag other words; it stays with the customers that have it."""
    actor.require(Scope.WRITE)
    checked = _checked(text)
    before = await locked(tag_id)
    key = name_key(checked.name)
    if await fetch("SELECT 1 FROM tag WHERE name_key = ? AND id <> ?", (key, tag_id)):
        raise _taken(checked.name)
    await execute(
        "UPDATE tag SET name = ?, name_key = ?, category = ?, color = ?, description = ?"
        " WHERE id = ?",
        (checked.name, key, checked.category, checked.color, checked.description, tag_id),
    )
    if checked.name != before["name"]:
        await renamed(("tag", tag_id))


async def text_of(tag_id: int) -> TagText:
    """What is written about a tag now; refuses unknown ones."""
    row = await _found(tag_id)
    return TagText(row["name"], row["category"], row["color"], row["description"])


async def locked(tag_id: int, field: str = "id") -> Row:
    """The tag, held until the surrounding transaction ends; refuses unknown ones at ``field``."""
    if not await execute("UPDATE tag SET name = name WHERE id = ?", (tag_id,)):
        raise unknown_tag(field)
    return await _found(tag_id)


def unknown_tag(*path: str | int) -> Refused:
    """The refusal for a tag that does not exist."""
    return Refused(TagErrorCode.TAG_NOT_FOUND, "There is no such tag.", path or ("id",))


async def _found(tag_id: int) -> Row:
    row = await fetch_one("SELECT * FROM tag WHERE id = ?", (tag_id,))
    if row is None:
        raise unknown_tag()
    return row


def _taken(name: str) -> Refused:
    message = f"There is a tag called {name} already."
    return Refused(TagErrorCode.NAME_TAKEN, message, ("name",))


def _checked(text: TagText) -> TagText:
    color = text.color.strip().lower() if text.color else None
    if color is not None and not _COLOR.fullmatch(color):
        message = "A colour is # and six hexadecimal digits, such as #3366ff."
        raise Refused(TagErrorCode.COLOR_INVALID, message, ("color",))
    name = _line(text.name, MAX_NAME, TagErrorCode.NAME_INVALID, "name")
    if name is None:
        message = f"A tag's name has 1 to {MAX_NAME} characters."
        raise Refused(TagErrorCode.NAME_INVALID, message, ("name",))
    return TagText(
        name,
        _line(text.category, MAX_CATEGORY, TagErrorCode.CATEGORY_INVALID, "category"),
        color,
        _line(text.description, MAX_DESCRIPTION, TagErrorCode.DESCRIPTION_INVALID, "description"),
    )


def _line(text: str | None, longest: int, code: TagErrorCode, field: str) -> str | None:
    body = (text or "").strip()
    if len(body) > longest or "\x00" in body:
        message = f"{field} has at most {longest} characters, none of them NUL."
        raise Refused(code, message, (field,))
    return body or None
