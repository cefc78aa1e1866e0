"""A change: a customer gets a tag. Every request is of a customer and a tag that never met.

The limit writes all that ours promises: the tag that stands, who said so, how many have it, where
the customer stands among them, the news for others, and the note that the customer is to be judged.
Other servers write the first.
"""

from collections.abc import Mapping, Sequence

from bench.queries.tag_rows import FREE_PLACES, TAGS
from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.world import END, World
from tests.support.deployment import Mode
from touchline.domain.kernel.ids import global_id

_MOST = 40_000

_OURS = """mutation AddTag($customer: ID!, $tag: ID!) {
  customerAddTags(input: {customerId: $customer, tagIds: [$tag]}) { customer { id } }
}"""

_POSTGRES = f"""WITH said AS (INSERT INTO tag_word (customer_id, tag_id, word, actor_name, said_at)
    VALUES ($1, $2, 'ADDED', 'bench', {END})),
  counted AS (UPDATE tag SET customer_count = customer_count + 1 WHERE id = $2),
  told AS (INSERT INTO bench_outbox (topic, payload, created_at) VALUES ('tags.tags_changed',
    json_build_object('changes', json_build_array(json_build_array($1::bigint, $2::bigint))),
    {END})),
  noted AS (INSERT INTO bench_stale (customer_id, facts, marked_at)
    VALUES ($1, json_build_array('tag:' || $2::bigint), {END})),
  listed AS (INSERT INTO tag_rank (list_id, tag_id, customer_id, rank)
    SELECT r.list_id, $2::bigint, r.customer_id, r.rank FROM customer_rank r
    WHERE r.customer_id = $1)
  INSERT INTO customer_tag (customer_id, tag_id, state, is_on, set_at, actor_name)
  SELECT id, $2, 'MANUAL', true, {END}, 'bench' FROM customer WHERE id = $1
  RETURNING json_build_object('id', customer_id)"""

_SQLITE_BEFORE = (
    f"""INSERT INTO tag_word (customer_id, tag_id, word, actor_name, said_at)
      VALUES (?1, ?2, 'ADDED', 'bench', {END})""",
    "UPDATE tag SET customer_count = customer_count + 1 WHERE id = ?2",
    f"""INSERT INTO bench_outbox (topic, payload, created_at) VALUES ('tags.tags_changed',
      json_object('changes', json_array(json_array(?1, ?2))), {END})""",
    f"""INSERT INTO bench_stale (customer_id, facts, marked_at)
      VALUES (?1, json_array('tag:' || ?2), {END})""",
    """INSERT INTO tag_rank (list_id, tag_id, customer_id, rank)
      SELECT r.list_id, ?2, r.customer_id, r.rank FROM customer_rank r WHERE r.customer_id = ?1""",
)

_SQLITE = f"""INSERT INTO customer_tag
  (customer_id, tag_id, state, is_on, set_at, actor_name)
  SELECT id, ?2, 'MANUAL', 1, {END}, 'bench' FROM customer WHERE id = ?1
  RETURNING json_object('id', customer_id)"""

_MADE: Mapping[Mode, Sequence[str]] = {
    "postgres": [
        f"CREATE TABLE IF NOT EXISTS bench_{table} (LIKE {table} INCLUDING ALL)"
        for table in ("outbox", "stale")
    ],
    "sqlite": [
        f"CREATE TABLE IF NOT EXISTS bench_{table} (id INTEGER PRIMARY KEY, {columns})"
        for table, columns in {
            "outbox": "topic TEXT, payload TEXT, created_at BIGINT",
            "stale": "customer_id BIGINT, facts TEXT, marked_at BIGINT",
        }.items()
    ],
}
"""The limit tells nobody: of the outbox itself our worker would take what it writes there."""

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
    limit=Limit(_POSTGRES, _SQLITE, sqlite_before=_SQLITE_BEFORE),
    peers={
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": Ask(_POSTGRAPHILE),
        "postgraphile5": Ask(_POSTGRAPHILE),
    },
    draws=_draws,
    made=_MADE,
    settled="SELECT (SELECT count(*) FROM stale) + (SELECT count(*) FROM outbox)",
    mended=(
        *(
            f"DELETE FROM {table} WHERE (customer_id + tag_id) % {FREE_PLACES} = 0"
            for table in ("customer_tag", "tag_word", "tag_rank")
        ),
        "DELETE FROM bench_outbox",
        "DELETE FROM bench_stale",
    ),
)
