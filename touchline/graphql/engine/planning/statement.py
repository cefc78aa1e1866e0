"""The SQL of root fields, and what is made of its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import TooLarge
from touchline.graphql.base.statements import spoken
from touchline.graphql.engine.footprint import Footprint
from touchline.graphql.engine.planning.plan import Filled
from touchline.graphql.engine.planning.shapes import Fix
from touchline.graphql.engine.planning.stopping import check
from touchline.graphql.engine.planning.writing import MARK, Slot, Writer
from touchline.settings import LARGEST_ANSWER

_KEPT_STATEMENTS = 32
_STATEMENT, _CHARACTER = 500, 2  # bytes, by estimate
_MARK = MARK.encode()
_NOTHING = b"null"
_TOO_LARGE = b"too large"


@dataclass(frozen=True, slots=True)
class Statement:
    """The SQL of several root fields at once: one row with a JSON text for each.

    ``is_final`` says that the database writes all of it as the schema shows it; ``is_quick`` that
    it does not find a row that is found in a roundabout way.
    """

    text: str
    slots: Sequence[Sequence[Slot]]
    fixes: Sequence[Fix | None]
    is_final: bool
    is_quick: bool = False

    async def row(self, filled: Sequence[Filled]) -> Sequence[bytes]:
        """What it answers with the parameters of this request."""
        params: list[Any] = []
        for one, slots in zip(filled, self.slots, strict=True):
            params += one.parameters(slots)
        (row,) = await fetch(self.text, params)
        return tuple(row)

    def values(self, row: Any) -> list[Any]:
        """What the answer shows of each root field."""
        values = []
        for at, fix in enumerate(self.fixes):
            value = orjson.loads(row[at].replace(_MARK, b""))
            values.append(fix(value) if fix else value)
        return values


@dataclass(slots=True)
class Spliced:
    """An answer as the database wrote it: ``data`` is a JSON object, ``cost`` of its objects."""

    data: bytes
    cost: int


def splice(keys: Sequence[str], row: Any) -> Spliced:
    """Put the texts of root fields together, in order of their keys."""
    texts = [text.replace(_MARK, b"") for text in row]
    named = [b'"%b":%b' % (key.encode(), text) for key, text in zip(keys, texts, strict=True)]
    return Spliced(b"{%b}" % b",".join(named), sum(map(len, row)) - sum(map(len, texts)))


@dataclass(slots=True)
class Statements:
    """Statements by the form of their arguments; the oldest is forgotten first."""

    footprint: Footprint = field(default_factory=Footprint)
    _kept: dict[Any, Statement] = field(default_factory=dict)

    async def read(self, filled: Sequence[Filled]) -> tuple[Statement, Sequence[bytes]]:
        """The statement of these root fields and its row; raises ``Stopped`` and ``TooLarge``.

        What is not found in the usual way is looked for once more in every way.
        """
        statement = self._of(filled, thorough=False)
        row = await statement.row(filled)
        if statement.is_quick and _NOTHING in row:
            statement = self._of(filled, thorough=True)
            row = await statement.row(filled)
        if _TOO_LARGE in row:
            raise TooLarge
        check(row)
        return statement, row

    def _of(self, filled: Sequence[Filled], *, thorough: bool) -> Statement:
        """The statement of these root fields, written when it is new."""
        form = (thorough, *[one.form for one in filled])
        known = self._kept.get(form)
        if known is None:
            known = self._kept[form] = write(filled, thorough=thorough)
            self.footprint.add(_size(known))
            if len(self._kept) > _KEPT_STATEMENTS:
                self.footprint.add(-_size(self._kept.pop(next(iter(self._kept)))))
        return known


def write(filled: Sequence[Filled], *, thorough: bool = False) -> Statement:
    """Write the SQL of the root fields in the dialect that is spoken."""
    columns, slots, fixes, is_quick = [], [], [], False
    for at, one in enumerate(filled):
        writer = Writer([asked.window for asked in one.asked], thorough=thorough)
        made = one.root.shape(writer)
        columns.append(f"{writer.whole(made.piece)} AS f{at}")
        slots.append(writer.slots)
        fixes.append(made.fix)
        is_quick |= writer.is_quick
    text = _bounded(f"SELECT {', '.join(columns)}", len(columns))
    return Statement(text, slots, fixes, not any(fixes), is_quick)


def _bounded(text: str, columns: int) -> str:
    """The statement, which answers no more than is allowed: on SQLite the connection sees to it."""
    if spoken() == "sqlite":
        return text
    shown = (
        f"CASE WHEN octet_length(w.f{at}) > {LARGEST_ANSWER} THEN '{_TOO_LARGE.decode()}'::bytea"
        f" ELSE w.f{at} END AS f{at}"
        for at in range(columns)
    )
    return f"SELECT {', '.join(shown)} FROM ({text} OFFSET 0) w"


def _size(statement: Statement) -> int:
    return _STATEMENT + _CHARACTER * len(statement.text)
