"""What is published in the rig of publishes, and whether it stands whole.

A tag rule, a segment and a scoring model say the same: of odd versions who bought, of even ones who
looked. So whoever has what is known beforehand, and a mix of two versions cannot be overlooked.
"""

from dataclasses import dataclass

from tests.support.many import did, fill
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring import service as models
from touchline.domain.scoring import verifying as scores
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.segments import verifying as segments
from touchline.domain.segments.service import SegmentText, create_segment, update_segment
from touchline.domain.staleness.queries import waiting
from touchline.domain.tags import rules
from touchline.domain.tags import upkeep as tags
from touchline.domain.tags.publishing import publish_rule
from touchline.domain.tags.service import TagText, create_tag

EVENTS = {1: ("Bought", 2), 0: ("Looked", 3)}
"""By version modulo 2: the event, and each which customer did it."""
NAME = "Active"

_TAGGED = (
    "SELECT r.published_version AS version, c.customer_id, c.rule_version AS by_version"
    " FROM tag_rule r JOIN customer_tag c ON c.tag_id = r.tag_id"
)
_MEMBERS = (
    "SELECT s.version, m.customer_id, s.version AS by_version"
    " FROM segment s JOIN segment_member m ON m.segment_id = s.id"
)
_SCORED = (
    "SELECT b.version, s.customer_id, b.version AS by_version FROM scoring_model m"
    " JOIN scoring_build b ON b.id = m.build_id JOIN customer_score s ON s.build_id = b.id"
    f" WHERE s.steady = {10 * MICRO}"
)
_COUNTS = (
    "SELECT (SELECT customer_count FROM tag) AS tagged, (SELECT matched_count FROM tag_rule) AS"
    " matched, (SELECT member_count FROM segment) AS members"
)


@dataclass(frozen=True)
class Published:
    """The three that are published again and again."""

    customers: int
    rule: int
    segment: int
    model: int


async def populate(customers: int) -> None:
    """So many customers, and what they did."""
    await fill(customers)
    for event, each in EVENTS.values():
        await did(event, each)


async def publish_first(customers: int) -> Published:
    """Write and publish the first version of each, for so many customers."""
    tag = await create_tag(SYSTEM, TagText(NAME))
    rule = await rules.create_rule(SYSTEM, tag, _rule(1))
    await publish_rule(SYSTEM, rule)
    segment = (await create_segment(SYSTEM, SegmentText(NAME), _condition(1))).id
    model = await models.create_model(SYSTEM, _model(1))
    await models.publish_model(SYSTEM, model)
    return Published(customers, rule, segment, model)


async def publish_next(things: Published, version: int) -> None:
    """Write and publish a version of each."""
    await rules.update_rule(SYSTEM, things.rule, _rule(version))
    await publish_rule(SYSTEM, things.rule)
    await update_segment(SYSTEM, things.segment, SegmentText(NAME), _condition(version))
    await models.update_model(SYSTEM, things.model, _model(version))
    await models.publish_model(SYSTEM, things.model)


async def stands(customers: int) -> dict[str, int]:
    """Which version stands of each; fails where it is not all of one version. 0: none yet."""
    found = {}
    for thing, sql in (("tag", _TAGGED), ("segment", _MEMBERS), ("score", _SCORED)):
        rows = await fetch(
            f"{sql} {'AND' if 'WHERE' in sql else 'WHERE'} customer_id <= ?", (customers,)
        )
        versions = {row["version"] for row in rows} | {row["by_version"] for row in rows}
        assert len(versions) <= 1, f"the {thing} is a mix of {versions}"
        version = versions.pop() if versions else 0
        assert {row["customer_id"] for row in rows} == _expected(version, customers), (
            f"{thing} {version}"
        )
        found[thing] = version
    return found


async def verified() -> dict[str, object]:
    """What differs from a rebuild once nobody waits, and the counts beside those by counting."""
    assert await waiting() == 0
    differ = {
        "tags": [one for one in await tags.differences() if one.changed],
        "segments": await segments.differences(),
        "scores": [one for one in await scores.differences() if one.differ],
    }
    (kept,) = await fetch(_COUNTS)
    counted = [len(await fetch(sql)) for sql in (_TAGGED, _TAGGED, _MEMBERS)]
    told = [kept["tagged"], kept["matched"], kept["members"]]
    return {name: found for name, found in (differ | {"counts": told != counted}).items() if found}


def _expected(version: int, customers: int) -> set[int]:
    _, each = EVENTS[version % 2]
    return set(range(each, customers + 1, each)) if version else set()


def _condition(version: int) -> Did:
    return Did(event=EVENTS[version % 2][0])


def _rule(version: int) -> rules.RuleText:
    return rules.RuleText(NAME, _condition(version))


def _model(version: int) -> ModelText:
    return ModelText(NAME, [RuleText(NAME, 10 * MICRO, _condition(version))])
