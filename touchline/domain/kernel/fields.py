"""Column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from tortoise import fields
from tortoise.indexes import Index

from touchline.domain.kernel.lookups import prepare_few

prepare_few()


class MomentField(fields.BigIntField):
    """An instant, as whole milliseconds since 1970 in UTC."""


class DigestField(fields.BinaryField[bytes]):
    """A short hash that can be a key."""

    indexable = True


class JsonField(fields.JSONField[Any]):
    """A JSON document, kept as the text that was written: JSON on PostgreSQL, text on SQLite.

    So both answer with the sender's own order of keys, and an answer is that text, copied. SQLite
    would read a column declared as ``JSON`` as numeric and turn ``"36"`` into 36.
    """

    class _db_postgres:  # noqa: N801
        SQL_TYPE = "JSON"

    class _db_sqlite:  # noqa: N801
        SQL_TYPE = "TEXT"


class PresentIndex(Index):
    """An index of the rows in which its first field says something: small where few do."""

    def __init__(self, *, fields: Sequence[str], name: str | None = None) -> None:
        super().__init__(fields=list(fields), name=name)
        self.extra = f" WHERE {self.fields[0]} IS NOT NULL"


class RankField(fields.CharField[str]):
    """A key of at most 32 characters that is sorted by its bytes, whatever the language."""

    def __init__(self, max_length: int = 32, **options: Any) -> None:
        super().__init__(max_length, **options)

    class _db_postgres:  # noqa: N801
        SQL_TYPE = 'VARCHAR(32) COLLATE "C"'
