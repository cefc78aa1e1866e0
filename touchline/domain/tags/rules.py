"""Rules by which customers get tags: written as drafts, brought into force, retired.

Each change of a rule is a new version; the version in force stays in force until another one is
published.
"""

from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.storage import from_json, to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import for_update, insert_rows
from touchline.domain.tags.errors import TagRuleErrorCode
from touchline.domain.tags.leaf import TAG_LEAF
from touchline.domain.tags.service import MAX_NAME, locked

_VERSION = ("rule_id", "version", "effect", "condition", "actor_name", "created_at")


class RuleStatus(StrEnum):
    """Whether what is written of a rule is in force."""

    DRAFT = "DRAFT"
    BUILDING = "BUILDING"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class RuleEffect(StrEnum):
    """What a rule does: add the tag once it holds, or also take it away when it holds no more."""

    ADD = "ADD"
    ADD_AND_REMOVE = "ADD_AND_REMOVE"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What people write of a rule."""

    name: str
    condition: Condition
    effect: RuleEffect = RuleEffect.ADD_AND_REMOVE


@transactional
async def create_rule(actor: Actor, tag_id: int, text: RuleText) -> int:
    """Write a draft; returns the id of the rule."""
    actor.require(Scope.WRITE)
    await locked(tag_id, "tagId")
    name = await _checked(tag_id, text)
    moment, condition = now(), to_json(text.condition)
    rows = await insert_rows(
        "tag_rule",
        [
            *("tag_id", "name", "status", "version", "effect", "condition", "condition_summary"),
            *("matched_count", "actor_name", "created_at", "updated_at"),
        ],
        [
            (
                *(tag_id, name, RuleStatus.DRAFT, 1, text.effect, condition),
                *(await explain(text.condition), 0, actor.name, moment, moment),
            )
        ],
        returning="id",
    )
    rule_id = int(rows[0]["id"])
    version = (rule_id, 1, text.effect, condition, actor.name, moment)
    await insert_rows("tag_rule_version", _VERSION, [version])
    return rule_id


@transactional
async def update_rule(
    actor: Actor, rule_id: int, text: RuleText, *, expected_version: int | None = None
) -> None:
    """Write a new version as a draft; that in force stays in force."""
    actor.require(Scope.WRITE)
    rule = await found_rule(rule_id, expected_version)
    name = await _checked(rule["tag_id"], text)
    moment, condition, version = now(), to_json(text.condition), rule["version"] + 1
    await execute(
        "UPDATE tag_rule SET name = ?, status = ?, version = ?, effect = ?, condition = ?,"
        " condition_summary = ?, actor_name = ?, updated_at = ? WHERE id = ?",
        (
            *(name, RuleStatus.DRAFT, version, text.effect, condition),
            *(await explain(text.condition), actor.name, moment, rule_id),
        ),
    )
    row = (rule_id, version, text.effect, condition, actor.name, moment)
    await insert_rows("tag_rule_version", _VERSION, [row])


async def text_of_rule(rule_id: int) -> RuleText:
    """What is written of a rule now; refuses unknown ones."""
    row = await _rule(rule_id)
    return RuleText(row["name"], from_json(row["condition"]), RuleEffect(row["effect"]))


async def found_rule(rule_id: int, expected_version: int | None = None) -> Row:
    """The rule, held until the transaction ends; refuses unknown, retired and changed ones."""
    row = await _rule(rule_id, for_update())
    if row["status"] == RuleStatus.RETIRED:
        message = "The rule is retired; write a new one."
        raise Refused(TagRuleErrorCode.RULE_RETIRED, message, ("id",))
    if expected_version not in (None, row["version"]):
        message = f"The rule was changed meanwhile; it is at version {row['version']} now."
        raise Refused(TagRuleErrorCode.STALE_DRAFT, message, ("expectedVersion",))
    return row


async def _rule(rule_id: int, locking: str = "") -> Row:
    row = await fetch_one(f"SELECT * FROM tag_rule WHERE id = ?{locking}", (rule_id,))
    if row is None:
        raise Refused(TagRuleErrorCode.RULE_NOT_FOUND, "There is no such rule.", ("id",))
    return row


async def _checked(tag_id: int, text: RuleText) -> str:
    name = text.name.strip()
    if not 1 <= len(name) <= MAX_NAME or "\x00" in name:
        message = f"A rule's name has 1 to {MAX_NAME} characters."
        raise Refused(TagRuleErrorCode.RULE_NAME_INVALID, message, ("name",))
    await check(text.condition, owner=(TAG_LEAF.word, tag_id))
    return name
