"""Reading sources and write keys."""

from collections.abc import Iterable, Sequence

from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.errors import NotFound
from touchline.domain.sources.models import Source, WriteKey
from touchline.domain.sources.types import (
    CONNECTED,
    SPOKEN_BY_CUSTOMERS,
    SourceKind,
    SourceView,
    WriteKeyView,
)


async def list_sources(actor: Actor) -> Sequence[SourceView]:
    """Every source, by name."""
    actor.require(Scope.READ)
    return [as_source(row) for row in await Source.all().order_by("name", "id")]


async def find_source(actor: Actor, name: str) -> SourceView:
    """The source of that name; raises ``NotFound``."""
    actor.require(Scope.READ)
    row = await Source.get_or_none(name=name.strip())
    if row is None:
        raise NotFound(f"There is no source called {name}.", ["name"])
    return as_source(row)


async def spoken_by_customers(source_ids: Iterable[int]) -> set[int]:
    """Those of the sources whose calls carry the customer's own words, such as forms."""
    kinds = [kind.value for kind in SPOKEN_BY_CUSTOMERS]
    rows = await Source.filter(id__in=list(source_ids), kind__in=kinds)
    return {row.id for row in rows}


async def connected_among(source_ids: Iterable[int]) -> set[int]:
    """Those of the sources that are systems of the house, such as a CRM."""
    kinds = [kind.value for kind in CONNECTED]
    rows = await Source.filter(id__in=list(source_ids), kind__in=kinds)
    return {row.id for row in rows}


def as_source(row: Source) -> SourceView:
    """A row of the table as the rest of Touchline sees it."""
    return SourceView(
        id=row.id,
        name=row.name,
        kind=SourceKind(row.kind),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        accepted_count=row.accepted_count,
        rejected_count=row.rejected_count,
    )


def as_write_key(row: WriteKey) -> WriteKeyView:
    """A row of the table as the rest of Touchline sees it."""
    return WriteKeyView(
        id=row.id,
        source_id=row.source_id,
        prefix=row.prefix,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
