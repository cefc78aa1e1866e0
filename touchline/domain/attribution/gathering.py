"""Reading what customers did that may be a touch."""

from collections.abc import Collection
from dataclasses import dataclass

from touchline.domain.attribution.configuration import Settings
from touchline.domain.attribution.visits import Seen, Visit, visits
from touchline.domain.channels.listing import channels
from touchline.domain.channels.relations import ORIGIN
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import in_list
from touchline.domain.timeline.relations import TOUCHPOINT

_DIRECT = "Direct"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What counts as a touch, by the keys of channels. Events are names in lower case.

    ``home`` is the channel of content that was read without any arrival in the ``look_back``.
    """

    direct: frozenset[int]
    ignored: frozenset[int]
    ignored_events: tuple[str, ...]
    home: int | None
    look_back: Moment | None


async def sieve(settings: Settings) -> Sieve:
    """The same as the settings say it by names; unknown channels are nobody's."""
    known = await channels()

    def keys(names: Collection[str]) -> frozenset[int]:
        return frozenset(known[name_key(one)] for one in names if name_key(one) in known)

    events = tuple(sorted({name_key(one) for one in settings.ignored_events}))
    direct, ignored = keys(settings.direct_channels), keys(settings.ignored_channels)
    told = [name_key(one) for one in (*settings.direct_channels, _DIRECT)]
    home = next((known[one] for one in told if one in known), None)
    return Sieve(direct, ignored, events, home, settings.look_back)


async def visits_of(customer_ids: Collection[int], chosen: Sieve) -> dict[int, list[Visit]]:
    """The visits of those customers who have any, in order."""
    if not customer_ids:
        return {}
    held, params = in_list("t.customer_id", sorted(customer_ids))
    ignored, channel_params = in_list("o.channel_id", sorted(chosen.ignored))
    weak, weak_params = in_list("o.event", chosen.ignored_events)
    rows = await fetch(
        "SELECT t.customer_id, t.id, t.occurred_at, t.asset_id, o.channel_id, o.campaign"
        f" FROM {TOUCHPOINT.table} t JOIN {ORIGIN.table} o ON o.id = t.origin_id"
        f" WHERE {held} AND o.channel_id IS NOT NULL AND NOT {weak}"
        f" AND (t.asset_id IS NOT NULL OR NOT {ignored})"
        " ORDER BY t.customer_id, t.occurred_at, t.id",
        [*params, *weak_params, *channel_params],
    )
    seen: dict[int, list[Seen]] = {}
    for customer, touchpoint, at, asset, channel, campaign in rows:
        arrives = channel not in chosen.ignored
        one = Seen(touchpoint, at, channel, campaign, asset, arrives)
        seen.setdefault(customer, []).append(one)
    return {
        customer: visits(found, chosen.direct, home=chosen.home, look_back=chosen.look_back)
        for customer, found in seen.items()
    }
