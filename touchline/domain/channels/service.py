"""Noting where touchpoints came from. Callers stand above and hold the transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence

from touchline.domain.channels.listing import hold_rules, in_force
from touchline.domain.channels.origins import Origin
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import after_commit, fetch
from touchline.domain.kernel.doorbell import DAYS, ring
from touchline.domain.kernel.rows import in_list, insert_rows

_COLUMNS = (
    *("digest", "type", "event", "channel_name", "source", "medium", "campaign", "click_id"),
    *("referrer", "channel_id"),
)


async def note_origins(origins: Sequence[Origin]) -> list[int]:
    """The ids of origins, in the order given; those that are new get their channel at once."""
    if not origins:
        return []
    wanted = {origin.digest: origin for origin in set(origins)}
    found = await _stored(wanted)
    if len(found) < len(wanted):
        await _insert({one: origin for one, origin in wanted.items() if one not in found})
        found = await _stored(wanted)
    keys = {origin: found[one] for one, origin in wanted.items()}
    return [keys[origin] for origin in origins]


async def count_in(appended: Iterable[tuple[int, Moment]]) -> None:
    """Have touchpoints that were just appended counted: the origin and the instant of each.

    Those of robots are left out by the caller.
    """
    found = Counter((moment // DAY, origin) for origin, moment in appended)
    if not found:
        return
    rows = [(day, origin, count) for (day, origin), count in sorted(found.items())]
    await insert_rows("origin_delta", ["day", "origin_id", "touchpoints"], rows)
    after_commit(lambda: ring(DAYS))


async def _stored(wanted: Iterable[bytes]) -> dict[bytes, int]:
    condition, params = in_list("digest", list(wanted))
    rows = await fetch(f"SELECT id, digest FROM touchpoint_origin WHERE {condition}", params)
    return {bytes(row["digest"]): row["id"] for row in rows}


async def _insert(origins: dict[bytes, Origin]) -> None:
    """The turn keeps a change of the rules from missing what is added here."""
    await hold_rules()
    channel_of = (await in_force()).classify()
    rows = [(one, *origins[one], channel_of(origins[one])) for one in sorted(origins)]
    await insert_rows(
        "touchpoint_origin", _COLUMNS, rows, on_conflict="ON CONFLICT (digest) DO NOTHING"
    )
