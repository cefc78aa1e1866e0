"""The text behind an id, remembered for a moment.

Calling a document by its id so costs one look-up every ``REMEMBERED_S`` seconds; that is also how
long a document that another process removed can still be called. Ids that mean nothing are not
remembered, so a document can be called as soon as it is registered.
"""

import re
import time
from collections import OrderedDict

from touchline.domain.documents.manifest import HASH_PREFIX
from touchline.domain.kernel.db import fetch_one

REMEMBERED_S = 2.0
REMEMBERED_DOCUMENTS = 500

_SAYABLE = re.compile(r"[!-~]+")  # no other id is ever registered, nor does every database take it

_seen: OrderedDict[str, tuple[str, float]] = OrderedDict()
_epoch = 0


async def text_of(document: str) -> str | None:
    """The document registered under an id, or whose text has this SHA-256; None without any."""
    known = _seen.get(document)
    if known is not None and known[1] > time.monotonic():
        return known[0]
    if not _SAYABLE.fullmatch(document):
        return None
    before = _epoch
    row = await fetch_one(
        "SELECT body FROM trusted_document WHERE document_id = ? OR sha256 = ?"
        " ORDER BY CASE WHEN document_id = ? THEN 0 ELSE 1 END, id LIMIT 1",
        (document, document.removeprefix(HASH_PREFIX), document),
    )
    if row is None:
        _seen.pop(document, None)
        return None
    if before == _epoch:
        _remember(document, row["body"])
    return str(row["body"])


def forget_all() -> None:
    """Make this process look every id up anew: a document was removed."""
    global _epoch
    _epoch += 1
    _seen.clear()


def _remember(document: str, text: str) -> None:
    _seen[document] = (text, time.monotonic() + REMEMBERED_S)
    _seen.move_to_end(document)
    if len(_seen) > REMEMBERED_DOCUMENTS:
        _seen.popitem(last=False)
