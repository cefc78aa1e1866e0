"""Judging the calls of some rows as the collecting API judges a batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.collect.intake import Intake, Limits, take_batch
from touchline.domain.imports.errors import RowRefused
from touchline.domain.imports.reading import RowCalls
from touchline.domain.kernel.clock import Moment

_NO_LIMIT = 1 << 40


@dataclass(frozen=True)
class Judged:
    """What of some rows may land, and which rows were refused in whole or in part."""

    intake: Intake
    refused: list[tuple[RowCalls, RowRefused]]
    passed_over: int


def judge_rows(rows: Sequence[RowCalls], received_at: Moment, event_bytes: int) -> Judged:
    """The same verdict on each call as over HTTP; a refused call leaves the others of its row."""
    calls = [(row, call) for row in rows for call in row.calls]
    body = b'{"batch":[%b]}' % b",".join(orjson.dumps(call) for _, call in calls)
    limits = Limits(event_bytes=event_bytes, batch_bytes=_NO_LIMIT, batch_events=_NO_LIMIT)
    intake = take_batch(body, received_at, limits)
    refused = [(row, row.refused) for row in rows if row.refused]
    refused += [
        (calls[one.index][0], RowRefused(one.fault.code, one.fault.message, one.fault.path))
        for one in intake.rejected
        if one.index is not None
    ]
    passed_over = sum(1 for row in rows if not row.calls and not row.refused)
    intake.rejected.clear()
    return Judged(intake, refused, passed_over)
