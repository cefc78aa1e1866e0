"""Jobs of tags: each calls one function of the domain."""

from typing import Any

from touchline.domain.tags import bulk, publishing


async def tag_customers(payload: dict[str, Any]) -> None:
    """Tag all customers who meet a condition."""
    await bulk.go_on(payload["task"])


async def publish_tag_rule(payload: dict[str, Any]) -> None:
    """Bring a version of a rule into force."""
    await publishing.bring(payload["task"])
