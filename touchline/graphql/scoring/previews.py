"""A preview of a model as it is shown."""

from collections.abc import Mapping, Sequence

from touchline.domain.scoring.backtesting import BackTest
from touchline.domain.scoring.previewing import Move, Preview
from touchline.graphql.scoring.models import points
from touchline.graphql.scoring.payloads import (
    ScoreBackTestPayload,
    ScoreBandSharePayload,
    ScoreLiftPayload,
    ScoreMovePayload,
    ScoringModelPreviewPayload,
)


def shown(found: Preview) -> ScoringModelPreviewPayload:
    """The payload of a preview."""
    return ScoringModelPreviewPayload(
        looked_at=found.looked_at,
        before=_shares(found.before),
        after=_shares(found.after),
        gainers=_moves(found.gainers),
        losers=_moves(found.losers),
        back_test=_back_test(found.back_test),
    )


def _shares(counts: Mapping[str | None, int]) -> list[ScoreBandSharePayload]:
    ordered = sorted(counts.items(), key=lambda one: (one[0] is not None, one[0] or ""))
    return [ScoreBandSharePayload(band=band, count=count) for band, count in ordered]


def _moves(moves: Sequence[Move]) -> list[ScoreMovePayload]:
    return [
        ScoreMovePayload(
            customer_key=one.customer_id, from_=points(one.before), to=points(one.after)
        )
        for one in moves
    ]


def _back_test(found: BackTest | None) -> ScoreBackTestPayload | None:
    if found is None:
        return None
    return ScoreBackTestPayload(
        customers=found.customers,
        conversions=found.conversions,
        auc=found.auc,
        lift=[
            ScoreLiftPayload(decile=one.decile, rate=one.rate, lift=one.lift) for one in found.lift
        ],
    )
