"""A backlog as a table, which any spreadsheet opens and ``touchline backlog import`` reads."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from touchline.domain.backlog.items import listed
from touchline.domain.backlog.naming import slugs_of
from touchline.domain.backlog.ordering import BEHIND
from touchline.domain.campaigns.relations import CAMPAIGN
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.sheets import shielded
from touchline.domain.segments.relations import SEGMENT

MARK = "\ufeff"
"""Spreadsheets take a file that begins with it for UTF-8."""
NOTHING = "nothing"
"""Stands where it was said that an item waits for nothing."""

COLUMNS = (
    *("reference", "title", "description", "kind", "state", "order", "effort"),
    *("customer value", "customer value kind", "business value", "goal", "urgency"),
    *("confidence", "hypothesis", "metric", "target", "window days", "depends on"),
    *("segment", "campaign", "content assets"),
)


async def exported(backlog_id: int, *, delimiter: str = ",") -> str:
    """All items as delimited text: first those of the list in their order, then the others."""
    rows = await fetch(
        "SELECT i.*, g.name AS goal, s.name AS segment, c.name AS campaign,"
        " (SELECT min(r.reference) FROM backlog_reference r WHERE r.item_id = i.id) AS reference"
        " FROM backlog_item i LEFT JOIN business_goal g ON g.id = i.goal_id"
        f" LEFT JOIN {SEGMENT.table} s ON s.id = i.segment_id AND s.archived_at IS NULL"
        f" LEFT JOIN {CAMPAIGN.table} c ON c.id = i.campaign_id AND c.archived_at IS NULL"
        " WHERE i.backlog_id = ? ORDER BY i.rank",
        (backlog_id,),
    )
    references = {row["id"]: row["reference"] or _own(row["id"]) for row in rows}
    slugs = await slugs_of(rows)
    written = io.StringIO()
    table = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for place, row in enumerate(rows, start=1):
        cells = _cells(row, place, references, slugs)
        table.writerow([shielded(_text(cells[name])) for name in COLUMNS])
    return written.getvalue()


def _cells(
    row: Row, place: int, references: Mapping[int, str], slugs: Mapping[int, str]
) -> dict[str, Any]:
    target = row["target_milli"]
    return {
        "reference": references[row["id"]],
        "title": row["title"],
        "description": row["description"],
        "kind": row["kind"],
        "state": row["state"],
        "order": place if row["rank"] < BEHIND else None,
        "effort": row["effort"],
        "customer value": row["customer_level"],
        "customer value kind": row["customer_kind"],
        "business value": row["business_level"],
        "goal": row["goal"],
        "urgency": row["urgency"],
        "confidence": row["confidence"],
        "hypothesis": row["hypothesis"],
        "metric": row["metric"],
        "target": None if target is None else f"{target / 1000:.3f}".rstrip("0").rstrip("."),
        "window days": row["window_days"],
        "depends on": _waits_for(row, references),
        "segment": row["segment"],
        "campaign": row["campaign"],
        "content assets": "; ".join(slugs[one] for one in listed(row["asset_ids"])),
    }


def _waits_for(row: Row, references: Mapping[int, str]) -> str | None:
    if not row["is_dependency_known"]:
        return None
    return "; ".join(references[one] for one in listed(row["depends_on"])) or NOTHING


def _own(key: int) -> str:
    return global_id("BacklogItem", key)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
