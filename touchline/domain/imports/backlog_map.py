"""Which column of a table is what of an item, and what its words mean.

Headers are known by many names; a map names those that are called otherwise, and words of kinds and
states that only this table has.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from touchline.domain.backlog.types import CustomerValueKind, ItemKind, Metric
from touchline.domain.imports.errors import ImportCode, ImportRefused

LISTED, UNDER_WAY, PROPOSED, PASSED_OVER = "LISTED", "UNDER_WAY", "PROPOSED", "PASSED_OVER"
"""What is done with an item by where it stands: under way comes on top, finished work does not."""

# Field → names of its column, the one that is preferred first.
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("reference", "ref", "issue key", "card id", "external id", "key", "id"),
    "title": ("title", "card name", "summary", "name", "item", "task", "story", "headline"),
    "description": ("description", "card description", "details", "notes", "body"),
    "kind": ("kind", "issue type", "item type", "type", "category"),
    "effort": (
        *("effort", "story points", "custom field (story points)", "story point estimate"),
        *("custom field (story point estimate)", "points", "size", "estimate"),
    ),
    "customer value": ("customer value", "value to customers"),
    "customer value kind": ("customer value kind",),
    "business value": ("business value", "value to the business"),
    "goal": ("goal", "business goal", "objective"),
    "urgency": ("urgency", "time criticality"),
    "confidence": ("confidence",),
    "hypothesis": ("hypothesis",),
    "metric": ("metric", "success metric"),
    "target": ("target",),
    "window days": ("window days", "window"),
    "state": ("state", "status", "list name", "list", "column"),
    "order": ("order", "position", "place"),
    "depends on": ("depends on", "dependencies", "waits for"),
    "segment": ("segment",),
    "campaign": ("campaign",),
    "content assets": ("content assets",),
}

KINDS: Final = {
    **{kind.value: kind for kind in ItemKind},
    **dict.fromkeys(("story", "task", "sub-task", "content"), ItemKind.CONTENT),
    **dict.fromkeys(("test", "spike"), ItemKind.EXPERIMENT),
    **dict.fromkeys(("epic", "project"), ItemKind.CAMPAIGN),
    **dict.fromkeys(("bug", "chore", "maintenance"), ItemKind.KEEP_THE_LIGHTS_ON),
}
STATES: Final = {
    **dict.fromkeys(("backlog", "ready", "to do", "todo", "open", "new", "next"), LISTED),
    **dict.fromkeys(("in progress", "doing", "in review", "review", "blocked"), UNDER_WAY),
    **dict.fromkeys(("proposed", "proposal", "idea", "ideas", "inbox"), PROPOSED),
    **dict.fromkeys(("done", "closed", "resolved", "launched", "measured"), PASSED_OVER),
    **dict.fromkeys(("dropped", "declined", "duplicate", "cancelled", "won't do"), PASSED_OVER),
}
METRICS: Final = {metric.value: metric for metric in Metric}
CUSTOMER_KINDS: Final = {kind.value: kind for kind in CustomerValueKind}


class BacklogMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table calls otherwise. ``states`` lead to what is done with an item.

    A field whose column is called ``""`` is not read.
    """

    encoding: str | None = None
    delimiter: str | None = None
    columns: dict[str, str] = {}
    kinds: dict[str, ItemKind] = {}
    states: dict[str, str] = {}


def read_backlog_map(path: Path) -> BacklogMap:
    """Read a map file; ``ImportRefused`` tells the place in it that is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), BacklogMap)
    except (OSError, UnicodeDecodeError) as error:
        message = f"The map {path} cannot be read: {error}."
        raise ImportRefused(ImportCode.MAP_NOT_READABLE, message) from None
    except tomllib.TOMLDecodeError as error:
        raise ImportRefused(ImportCode.MAP_NOT_READABLE, f"The map is not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise ImportRefused(ImportCode.MAP_INVALID, f"{path}: {error}.") from None
    _check(found.columns, HEADERS, "columns")
    _check(dict.fromkeys(found.states.values(), ""), _FATES, "states")
    return found


def columns_in(header: Sequence[str], known: BacklogMap) -> dict[str, int]:
    """The place of each field's column; refuses a table without titles."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(word(name), place)
    found = {
        field: places[word(name)]
        for field, names in HEADERS.items()
        for name in reversed(names)
        if word(name) in places
    }
    for field, name in known.columns.items():
        if not name:
            found.pop(field, None)
            continue
        if word(name) not in places:
            message = f"There is no column {name!r}, of which the map speaks."
            raise ImportRefused(ImportCode.UNKNOWN_COLUMN, message, ("columns", field))
        found[field] = places[word(name)]
    if "title" not in found:
        names = ", ".join(HEADERS["title"])
        message = f"No column holds titles; one is to be called by one of: {names}."
        raise ImportRefused(ImportCode.UNKNOWN_COLUMN, message, ("title",))
    return found


def word(text: str) -> str:
    """What is alike in words that differ in case, blanks, lines and hyphens alone."""
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


_FATES = (LISTED, UNDER_WAY, PROPOSED, PASSED_OVER)


def _check(given: Mapping[str, str], known: Sequence[str] | Mapping[str, object], at: str) -> None:
    for name in given:
        if name not in known:
            message = f"{at} knows no {name!r}; there are {', '.join(known)}."
            raise ImportRefused(ImportCode.MAP_INVALID, message, (at, name))
