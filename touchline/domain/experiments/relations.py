"""What others may read of experiments."""

from touchline.domain.kernel.relations import (
    Kind,
    document,
    key,
    moment,
    number,
    one_of,
    relation,
    text,
)

_SHARE = (
    "SELECT {{t}}.{column} * min(a.weight) / sum(a.weight) FROM experiment_arm a"
    " WHERE a.experiment_id = {{t}}.id"
)
_NEED = (
    "SELECT ({{t}}.{column} * min(a.weight) + sum(a.weight) - 1) / sum(a.weight)"
    " FROM experiment_arm a WHERE a.experiment_id = {{t}}.id"
)

EXPERIMENT = relation(
    "experiment",
    key(),
    text("name"),
    text("hypothesis"),
    text("state"),
    text("metric"),
    text("direction"),
    number("target"),
    number("baseline"),
    number("duration"),
    number("fewest"),
    number("shortest"),
    key("segment_id", nullable=True),
    key("item_id", nullable=True),
    number("planned"),
    number("present"),
    number("planned_per_arm", sql=_NEED.format(column="planned")),
    number("one_look_per_arm", sql=_NEED.format(column="planned_at_one_look")),
    number("present_per_arm", sql=_SHARE.format(column="present")),
    moment("started_at", nullable=True),
    moment("ends_at", nullable=True),
    text("start_reason", nullable=True),
    text("verdict"),
    text("verdict_sentence"),
    key("best_id", nullable=True),
    document("health"),
    number("in_two_arms"),
    moment("computed_at", nullable=True),
    moment("frozen_at", nullable=True),
    text("actor_name"),
    moment("created_at"),
)

EXPERIMENT_ARM = relation(
    "experiment_arm",
    key(),
    key("experiment_id"),
    number("place"),
    text("name"),
    number("weight"),
    key("asset_id", nullable=True),
    key("link_id", nullable=True),
    text("seen_by"),
    number("people"),
    number("conversions"),
    number("rate", nullable=True),
    number("low", nullable=True),
    number("high", nullable=True),
    number("difference", nullable=True),
    number("difference_low", nullable=True),
    number("difference_high", nullable=True),
    number("p_value", nullable=True),
    text("verdict", nullable=True),
)

IN_STATES = one_of("state", Kind.TEXT)
