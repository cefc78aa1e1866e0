"""The one line by which a person recognises a touchpoint."""

from collections.abc import Mapping
from typing import Any

from touchline.domain.timeline.types import TouchpointType

_LONGEST = 200
_MONEY = ("revenue", "total", "value", "price")


def summarise(
    kind: TouchpointType, name: str, properties: Mapping[str, Any], traits: Mapping[str, Any]
) -> str:
    """A short sentence in English, at most 200 characters."""
    match kind:
        case TouchpointType.PAGE:
            line = f"Viewed the page {_page(name, properties)}"
        case TouchpointType.SCREEN:
            line = f"Opened the screen {name or 'without a name'}"
        case TouchpointType.IDENTIFY:
            line = _identified(traits)
        case TouchpointType.GROUP:
            line = f"Belongs to {_text(traits.get('name')) or name}"
        case TouchpointType.ALIAS:
            line = f"Also known as {name}"
        case _:
            line = _tracked(name, properties)
    return shortened(line)


def shortened(line: str) -> str:
    """The line without breaks, cut with an ellipsis where it is too long."""
    flat = " ".join(line.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _page(name: str, properties: Mapping[str, Any]) -> str:
    candidates = (name, properties.get("title"), properties.get("path"), properties.get("url"))
    return next((text for text in map(_text, candidates) if text), "without a name")


def _identified(traits: Mapping[str, Any]) -> str:
    full = " ".join(filter(None, (_text(traits.get("firstName")), _text(traits.get("lastName")))))
    who = [_text(traits.get("name")) or full, _text(traits.get("email"))]
    known = [text for text in who if text]
    if not known:
        return "Was identified"
    return f"Was identified as {known[0]}" + (f" ({known[1]})" if len(known) > 1 else "")


def _tracked(name: str, properties: Mapping[str, Any]) -> str:
    details = [detail for detail in (_amount(properties), _products(properties)) if detail]
    if not details:
        details = [
            text
            for key in ("title", "product", "content", "plan", "subject", "name")
            if (text := _text(properties.get(key)))
        ][:1]
    return f"{name}: {', '.join(details)}" if details else name


def _amount(properties: Mapping[str, Any]) -> str:
    for key in _MONEY:
        amount = properties.get(key)
        if isinstance(amount, int | float) and not isinstance(amount, bool):
            return f"{amount:,.2f} {_text(properties.get('currency'))}".strip()
    return ""


def _products(properties: Mapping[str, Any]) -> str:
    products = properties.get("products")
    if not isinstance(products, list) or not products:
        return ""
    first = products[0]
    name = _text(first.get("name") or first.get("sku")) if isinstance(first, dict) else ""
    more = f" and {len(products) - 1} more" if len(products) > 1 else ""
    return f"{name}{more}" if name else f"{len(products)} products"


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""
