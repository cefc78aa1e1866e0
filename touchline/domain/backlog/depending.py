"""What items wait for: other items of the same backlog, never themselves by any way round."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import listed
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused

K = TypeVar("K")


async def check_dependencies(backlog_id: int, item_id: int, depends_on: Sequence[int]) -> None:
    """Refuse what is no item of the backlog, or waits for the item itself."""
    if not depends_on:
        return
    rows = await fetch(
        "SELECT id, depends_on FROM backlog_item WHERE backlog_id = ?", (backlog_id,)
    )
    edges = {row["id"]: listed(row["depends_on"]) for row in rows}
    for one in depends_on:
        if one not in edges and one != item_id:
            message = "An item can only wait for items of its own backlog."
            raise Refused(Code.DEPENDENCY_FOREIGN, message, ("dependsOnIds",))
    if leads_back(edges, item_id, depends_on):
        message = "An item cannot wait for itself, by whatever way round."
        raise Refused(Code.DEPENDENCY_CYCLE, message, ("dependsOnIds",))


def is_circular(edges: Mapping[K, Sequence[K]]) -> bool:
    """Whether anything is reached from itself along ``edges``: one look at all of them."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        return True
    return False


def leads_back(edges: Mapping[K, Sequence[K]], item_id: K, begin: Sequence[K]) -> bool:
    """Whether ``item_id`` is reached from any of ``begin`` along ``edges``."""
    seen: set[K] = set()
    ahead = list(begin)
    while ahead:
        one = ahead.pop()
        if one == item_id:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(edges.get(one, ()))
    return False
