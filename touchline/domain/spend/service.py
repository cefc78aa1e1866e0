"""Recording what was spent: the latest word of a source about a day stands, all words are kept."""

from collections.abc import Collection, Sequence

from touchline.domain.channels.listing import channels, hold_rules, in_force
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows, parts
from touchline.domain.spend.errors import SpendErrorCode as Code
from touchline.domain.spend.events import SPEND_RECORDED
from touchline.domain.spend.figures import Figure, checked_campaign, checked_source, checked_sum

MOST_FIGURES = 1_000
_AT_ONCE = 1_000
_NEWER = (
    "ON CONFLICT (channel_id, day, campaign, source) DO UPDATE SET"
    " amount_minor = excluded.amount_minor, currency = excluded.currency,"
    " actor_name = excluded.actor_name, recorded_at = excluded.recorded_at"
    " WHERE channel_spend.amount_minor <> excluded.amount_minor"
    " OR channel_spend.currency <> excluded.currency"
)

Row = tuple[int, int, str, str, int, str, str, int]


@transactional
async def record_spend(
    actor: Actor,
    figures: Sequence[Figure],
    *,
    source: str | None = None,
    at_most: int | None = MOST_FIGURES,
) -> int:
    """Record figures, all or none; returns how many are new or differ from what stood.

    A figure takes the place of what the same source said of the same channel, campaign and day.
    """
    actor.require(Scope.WRITE)
    if not figures:
        raise Refused(Code.NOTHING_TO_RECORD, "There are no figures.", ("figures",))
    if at_most is not None and len(figures) > at_most:
        message = f"At most {at_most:,} figures are recorded at once."
        raise Refused(Code.TOO_MANY_FIGURES, message, ("figures",))
    rows = _checked(actor, figures, checked_source(source), await _known_channels())
    changed = 0
    for some in parts(rows, _AT_ONCE):
        changed += await _write(some)
    if changed:
        days = [row[1] for row in rows]
        told = sorted({row[0] for row in rows})
        news = {"channels": told, "days": [min(days), max(days)]}
        await emit(SPEND_RECORDED, {"figures": changed, **news})
    return changed


async def channels_by_name() -> dict[str, int]:
    """The channels there are, by the keys of their names; those that ship are made first."""
    await hold_rules()
    await in_force()
    return await channels()


async def _known_channels() -> set[int]:
    return set((await channels_by_name()).values())


def _checked(
    actor: Actor, figures: Sequence[Figure], source: str, known: Collection[int]
) -> list[Row]:
    """The rows to write, in one order, so that no two transactions wait for each other."""
    moment = now()
    seen: set[tuple[int, int, str]] = set()
    rows: list[Row] = []
    for at, figure in enumerate(figures):
        path = ("figures", at)
        if figure.channel_id not in known:
            message = "There is no such channel."
            raise Refused(Code.CHANNEL_NOT_FOUND, message, (*path, "channelId"))
        spent = checked_sum(figure.amount, figure.currency, (*path, "spend"))
        campaign = checked_campaign(figure.campaign, (*path, "campaign"))
        key = (figure.channel_id, figure.day, campaign)
        if key in seen:
            message = "The same channel, campaign and day stand above; add the two up first."
            raise Refused(Code.FIGURE_TWICE, message, path)
        seen.add(key)
        rows.append((*key, source, spent.minor, spent.currency, actor.name, moment))
    return sorted(rows)


async def _write(rows: Sequence[Row]) -> int:
    written = await insert_rows(
        "channel_spend",
        [
            *("channel_id", "day", "campaign", "source", "amount_minor", "currency"),
            *("actor_name", "recorded_at"),
        ],
        rows,
        on_conflict=_NEWER,
        returning="id, amount_minor, currency, actor_name, recorded_at",
    )
    await insert_rows(
        "channel_spend_change",
        ["spend_id", "amount_minor", "currency", "actor_name", "recorded_at"],
        [tuple(row[at] for at in range(5)) for row in written],
    )
    return len(written)
