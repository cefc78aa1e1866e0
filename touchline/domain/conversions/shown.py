"""A definition as the columns of a goal show it."""

from typing import Any

import orjson

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.storage import to_json
from touchline.domain.conversions.definition import (
    Definition,
    FixedValue,
    PropertyValue,
    to_text,
)


async def shown(definition: Definition) -> dict[str, Any]:
    """By column, what a goal has that says so."""
    value, refunds = definition.value, definition.refunds
    fixed = value if isinstance(value, FixedValue) else None
    told = value if isinstance(value, PropertyValue) else None
    events = list(refunds.events) if refunds is not None else []
    return {
        "definition": to_text(definition),
        "condition": to_json(definition.condition),
        "condition_summary": await explain(definition.condition),
        "event": definition.event,
        "counting": definition.counting,
        "fixed_minor": fixed.minor if fixed is not None else None,
        "value_property": told.property if told is not None else None,
        "currency_property": told.currency_property if told is not None else None,
        "currency": value.currency if value is not None else None,
        "refund_events": orjson.dumps(events).decode(),
        "refund_order_property": refunds.order if refunds is not None else None,
        "refund_value_property": refunds.value if refunds is not None else None,
        "in_lifetime": definition.in_lifetime,
    }
