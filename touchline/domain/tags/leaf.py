"""What the language of conditions knows of tags."""

from collections.abc import Iterable

from touchline.domain.conditions.registry import LeafKind, Reference, contribute
from touchline.domain.conditions.retelling import retell_in
from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Condition, HasTag
from touchline.domain.staleness import facts
from touchline.domain.tags.queries import conditions_of, names_of, rules_naming


def _members(leaf: HasTag, scope: Scope) -> Query:
    states = f" AND x.state IN ({', '.join('?' * len(leaf.states))})" if leaf.states else ""
    on = "" if leaf.states else " AND x.is_on = TRUE"
    return Query(
        f"SELECT x.customer_id FROM customer_tag x WHERE x.tag_id = ?{on}{states}"
        f"{scope.bound('x.customer_id')}",
        (leaf.tag, *leaf.states),
    )


async def _name(leaf: HasTag) -> str | None:
    return (await names_of([leaf.tag])).get(leaf.tag)


async def _uses(tag_id: int) -> Iterable[Condition]:
    return await conditions_of(tag_id)


async def _users(reference: Reference) -> Iterable[str]:
    return [f"the tag rule {name}" for name in await rules_naming(reference)]


async def _retell(reference: Reference) -> None:
    await retell_in("tag_rule", reference)


TAG_LEAF = contribute(
    LeafKind(
        node=HasTag,
        word="tag",
        key=lambda leaf: int(leaf.tag),
        members=_members,
        facts=lambda leaf: [facts.tag(leaf.tag)],
        name=_name,
        uses=_uses,
        users=_users,
        retell=_retell,
    )
)
