"""What others may read of exchange rates."""

from touchline.domain.kernel.relations import key, moment, number, relation, text

VALUE_EXCHANGE_RATE = relation(
    "value_exchange_rate",
    key(),
    text("action"),
    key("channel_id", nullable=True, sql="nullif({t}.channel_id, 0)"),
    text("units"),
    number("units_micro"),
    number("valid_from"),
    number("valid_to", nullable=True),
    number("last_day"),
    text("reference"),
    text("actor_name"),
    moment("set_at"),
    text("withdrawn_by", nullable=True),
    moment("withdrawn_at", nullable=True),
)
STANDS = "{t}.withdrawn_at IS NULL"


def holds(action: str, channel: str, day: str) -> str:
    """SQL that yields ``units_micro`` of the rate of an action on a channel on a day, or null.

    All three are SQL. That many millionths of the action are worth one of the reference action;
    the reference action itself has no rate, and is worth one.
    """
    return (
        f"(SELECT r.units_micro FROM value_exchange_rate r WHERE r.action = {action}"
        f" AND r.withdrawn_at IS NULL AND r.valid_from <= {day} AND r.last_day >= {day}"
        f" AND r.channel_id IN ({channel}, 0) ORDER BY r.channel_id DESC LIMIT 1)"
    )
