"""A change: a customer gets a tag. Every request is of a customer and a tag that never met."""

from collections.abc import Sequence

from bench.queries.tag_rows import FREE_PLACES, TAGS
from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.world import END, World
from touchline.domain.kernel.ids import global_id

_MOST = 40_000

_OURS = """mutation AddTag($customer: ID!, $tag: ID!) {
  customerAddTags(input: {customerId: $customer, tagIds: [$tag]}) { customer { id } }
}"""

_POSTGRES = f"""INSERT INTO customer_tag (customer_id, tag_id, state, is_on, set_at, actor_name)
  VALUES ($1, $2, 'MANUAL', true, {END}, 'bench') RETURNING json_build_object('id', customer_id)"""

_SQLITE = f"""INSERT INTO customer_tag (customer_id, tag_id, state, is_on, set_at, actor_name)
  VALUES (?1, ?2, 'MANUAL', 1, {END}, 'bench') RETURNING json_object('id', customer_id)"""

_POSTGRAPHILE = f"""mutation AddTag($customer: BigInt!, $tag: BigInt!) {{
  createCustomerTag(input: {{customerTag: {{
    customerId: $customer, tagId: $tag, state: "MANUAL", isOn: true, setAt: "{END}",
    actorName: "bench"
  }}}}) {{ customerTag {{ id: customerId }} }}
}}"""

_BY_HAND = """mutation AddTag($customer: Int!, $tag: Int!) {
  addTag(customer: $customer, tag: $tag) { id }
}"""


def _ours(draw: Draw) -> Variables:
    return {
        "customer": global_id("Customer", draw["customer"]),
        "tag": global_id("Tag", draw["tag"]),
    }


def _draws(world: World, _look: Look) -> Sequence[Draw]:
    """Places that the data set leaves free, each once."""
    found = [
        {"customer": customer, "tag": tag}
        for customer in range(1, min(world.customers, _MOST) + 1)
        for tag in range(FREE_PLACES - customer % FREE_PLACES, TAGS + 1, FREE_PLACES)
    ]
    world.chance("new tags").shuffle(found)
    return found[:_MOST]


WORKLOAD = Workload(
    key="W5",
    title="change: add a tag",
    ours=Ask(_OURS, _ours),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": Ask(_POSTGRAPHILE),
        "postgraphile5": Ask(_POSTGRAPHILE),
    },
    draws=_draws,
    mended=tuple(
        f"DELETE FROM {table} WHERE (customer_id + tag_id) % {FREE_PLACES} = 0"
        for table in ("customer_tag", "tag_word")
    ),
)
