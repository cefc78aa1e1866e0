"""Execution of connections, their edges and their page info."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from touchline.domain.kernel.db import Row
from touchline.graphql.base import facts
from touchline.graphql.base.facts import Part
from touchline.graphql.base.places import Info, Place, Resolver
from touchline.graphql.base.windows import Page, Slice, Window, read_window


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """A row and the list in which it stands."""

    row: Row
    window: Window


@dataclass(frozen=True, slots=True)
class PageValue:
    """A page and the list it is of."""

    page: Page
    window: Window

    def end(self, at: int) -> str | None:
        """The cursor of the first (0) or last (-1) row."""
        return self.window.cursor(self.page.rows[at]) if self.page.rows else None


def _page(fact: facts.PageFact, place: Place) -> Resolver:
    relation = place.goal()
    get = place.keys_getter(fact.on) if fact.on else None

    def resolve(parent: Any, info: Info, **arguments: Any) -> Slice:
        window = read_window(fact, relation, arguments)
        return Slice(info.context.loaders, window, get(parent) if get else None)

    return resolve


def _slice(fact: facts.SliceFact, place: Place) -> Resolver:
    return _PARTS[fact.part]


async def _edges(value: Slice, _info: Info) -> list[EdgeValue]:
    return [EdgeValue(row, value.window) for row in (await value.page()).rows]


async def _nodes(value: Slice, _info: Info) -> Any:
    return (await value.page()).rows


async def _page_info(value: Slice, _info: Info) -> PageValue:
    return PageValue(await value.page(), value.window)


_PARTS: Mapping[Part, Resolver] = {
    Part.EDGES: _edges,
    Part.NODES: _nodes,
    Part.PAGE_INFO: _page_info,
    Part.TOTAL_COUNT: lambda value, _info: value.count(),
    Part.CURSOR: lambda edge, _info: edge.window.cursor(edge.row),
    Part.NODE: lambda edge, _info: edge.row,
    Part.HAS_NEXT: lambda value, _info: value.page.has_next,
    Part.HAS_PREVIOUS: lambda value, _info: value.page.has_previous,
    Part.START: lambda value, _info: value.end(0),
    Part.END: lambda value, _info: value.end(-1),
}

PAGES: Mapping[type[facts.Fact], Callable[..., Resolver]] = {
    facts.PageFact: _page,
    facts.SliceFact: _slice,
}
