"""Manifests: the lists of documents that builds of clients write.

Two formats are read, both JSON: that of Apollo's tools (``{"format":
"apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body", …}]}``), and the
plain map from ids to documents that relay-compiler and graphql-codegen write.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.documents.errors import DocumentCode
from touchline.domain.kernel.errors import PathStep, Refused

APOLLO_FORMAT = "apollo-persisted-query-manifest"
MOST_DOCUMENTS = 5_000
HASH_PREFIX = "sha256:"
_ID = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a manifest and the id its client will call it by."""

    id: str
    body: str


def read_manifest(raw: bytes) -> list[Entry]:
    """The documents of a manifest; raises ``Refused`` saying where it is no manifest."""
    try:
        manifest = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _invalid(f"It is not JSON: {error}.") from None
    if not isinstance(manifest, dict):
        raise _invalid("It must be an object: a map of ids, or a manifest of Apollo's tools.")
    if "operations" in manifest or "format" in manifest:
        return checked_entries(_apollo(manifest))
    return checked_entries(_plain(manifest))


def checked_entries(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, without those that say the same twice; refused where ids cannot stand."""
    found: dict[str, Entry] = {}
    for at, entry in enumerate(entries):
        path = ("documents", at, "key")
        if not _ID.fullmatch(entry.id):
            message = "An id has 1 to 200 letters, digits and signs, and no blanks."
            raise Refused(DocumentCode.ID_INVALID, message, path)
        if entry.id.startswith(HASH_PREFIX) and entry.id != HASH_PREFIX + sha256(entry.body):
            message = f"{entry.id} is not the hash of its document."
            raise Refused(DocumentCode.ID_INVALID, message, path)
        if found.setdefault(entry.id, entry) != entry:
            message = f"{entry.id} stands for two documents."
            raise Refused(DocumentCode.ID_TAKEN, message, path)
    if len(found) > MOST_DOCUMENTS:
        message = f"At most {MOST_DOCUMENTS:,} documents are registered at once."
        raise Refused(DocumentCode.TOO_MANY_DOCUMENTS, message, ["documents"])
    return list(found.values())


def sha256(body: str) -> str:
    """The hash of a document's text, as clients compute it."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _apollo(manifest: dict[str, Any]) -> Iterable[Entry]:
    if manifest.get("format") != APOLLO_FORMAT or manifest.get("version") != 1:
        raise _invalid(f'Of manifests with a format, only "{APOLLO_FORMAT}" version 1 is read.')
    operations = manifest.get("operations")
    if not isinstance(operations, list):
        raise _invalid("It must be a list.", "operations")
    for at, operation in enumerate(operations):
        if not isinstance(operation, dict):
            raise _invalid("It must be an object.", "operations", at)
        for name in ("id", "body"):
            if not isinstance(operation.get(name), str):
                raise _invalid("It must be a text.", "operations", at, name)
        yield Entry(operation["id"], operation["body"])


def _plain(manifest: dict[str, Any]) -> Iterable[Entry]:
    for key, body in manifest.items():
        if not isinstance(body, str):
            raise _invalid("It must be a text that holds a GraphQL document.", key)
        yield Entry(key, body)


def _invalid(message: str, *path: PathStep) -> Refused:
    return Refused(DocumentCode.MANIFEST_INVALID, message, path)
