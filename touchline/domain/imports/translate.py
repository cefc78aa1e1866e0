"""Rows to calls: a map's section and a file's header, made into one function of a row."""

from dataclasses import dataclass

from touchline.domain.imports.columns import Cells, Columns, Path
from touchline.domain.imports.errors import ImportCode, ImportRefused, RowRefused
from touchline.domain.imports.filters import Holds, when
from touchline.domain.imports.mapping import CallBlock, Expression, Section
from touchline.domain.imports.values import Json, ReadValue, moment, table, value
from touchline.domain.kernel import ids

Call = dict[str, Json]


@dataclass(frozen=True)
class Translator:
    """Makes the calls of a row; ``RowRefused`` when a value is not what the map says."""

    width: int
    makers: tuple["_Maker", ...]
    needs_occurrence: bool

    def calls(self, cells: Cells, row: tuple[bytes, int] = (b"", 0)) -> list[Call]:
        """The calls of one row, none when no ``when`` holds.

        ``row`` is the row's digest and its count among identical rows; only calls without a
        ``message_id`` of their own need it.
        """
        if len(cells) != self.width:
            message = f"The row has {len(cells)} cells, the header {self.width}."
            raise RowRefused(ImportCode.BAD_ROW, message)
        return [maker.call(cells, row) for maker in self.makers if maker.holds(cells)]


@dataclass(frozen=True)
class _Maker:
    type: str
    label: str
    holds: Holds
    fields: tuple[tuple[str, ReadValue], ...]
    external_ids: tuple[tuple[str, ReadValue], ...]
    has_message_id: bool

    def call(self, cells: Cells, row: tuple[bytes, int]) -> Call:
        made: Call = {"type": self.type}
        for name, read in self.fields:
            if (found := read(cells)) is not None:
                made[name] = found
        self._add_external_ids(made, cells)
        if not self.has_message_id:
            made["messageId"] = ids.digest(self.label, row[0], str(row[1])).hex()
        return made

    def _add_external_ids(self, made: Call, cells: Cells) -> None:
        written: list[Json] = [
            {"id": text, "type": kind, "collection": "users", "encoding": "none"}
            for kind, read in self.external_ids
            for text in _texts(read(cells))
        ]
        if written:
            context = made.setdefault("context", {})
            if isinstance(context, dict):
                context["externalIds"] = written


def translator(section: Section, columns: Columns, zone: str, path: Path) -> Translator:
    """Check a section against the columns there are and make it ready for rows."""
    makers = tuple(
        _maker(block, columns, zone, (*path, "call", place))
        for place, block in enumerate(section.calls)
    )
    unnamed = [maker.label for maker in makers if not maker.has_message_id]
    for place, label in enumerate(unnamed):
        if label in unnamed[:place]:
            message = f"Two calls of one row would share the label {label!r}; give one its own."
            raise ImportRefused(ImportCode.MAP_INVALID, message, (*path, "call"))
    return Translator(len(columns.header), makers, bool(unnamed))


def _maker(block: CallBlock, columns: Columns, zone: str, path: Path) -> _Maker:
    def read(name: str, expression: Expression) -> ReadValue:
        found = value(columns, expression, zone, (*path, name))
        return lambda cells: _id_text(found(cells))

    named = {
        "event" if block.type == "track" else "name": ("event", block.event),
        "userId": ("user_id", block.user_id),
        "anonymousId": ("anonymous_id", block.anonymous_id),
        "previousId": ("previous_id", block.previous_id),
        "groupId": ("group_id", block.group_id),
        "messageId": ("message_id", block.message_id),
    }
    fields = [
        (field, read(name, said)) for field, (name, said) in named.items() if said is not None
    ]
    if block.timestamp is not None:
        when_it_was = moment(columns, block.timestamp, zone, (*path, "timestamp"))
        fields.append(("timestamp", when_it_was))
    for name, shape in (
        ("traits", block.traits),
        ("properties", block.properties),
        ("context", block.context),
    ):
        if shape:
            fields.append((name, table(columns, shape, zone, (*path, name))))
    return _Maker(
        type=block.type,
        label=block.label or f"{block.type} {block.event or ''}".strip(),
        holds=when(columns, block.when, (*path, "when")),
        fields=tuple(fields),
        external_ids=_external_ids(block, columns, zone, (*path, "external_ids")),
        has_message_id=block.message_id is not None,
    )


def _external_ids(
    block: CallBlock, columns: Columns, zone: str, path: Path
) -> tuple[tuple[str, ReadValue], ...]:
    found = []
    for kind, said in block.external_ids.items():
        for expression in said if isinstance(said, list) else [said]:
            found.append((kind, value(columns, expression, zone, (*path, kind))))
    return tuple(found)


def _id_text(found: Json) -> Json:
    """Ids and names are text, whatever type a constant in the map had."""
    return found if found is None or isinstance(found, str) else str(found)


def _texts(found: Json) -> list[str]:
    if found is None:
        return []
    return [str(item) for item in found] if isinstance(found, list) else [str(found)]
