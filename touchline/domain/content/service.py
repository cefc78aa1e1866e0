"""Commands that write assets: the first version, the next ones, and translations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import orjson

from touchline.domain.content.assets import Asset, found_asset
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.guardrails import Slot, body_of, filled
from touchline.domain.content.lineage import add_source
from touchline.domain.content.rendering import render
from touchline.domain.content.steps import note_step
from touchline.domain.content.templating import template_of
from touchline.domain.content.types import Act, AssetKind, AssetRelation, AssetStatus
from touchline.domain.content.workflow import after
from touchline.domain.content.writing import (
    AssetText,
    check_body,
    checked_language,
    checked_slug,
    checked_text,
)
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import allocate
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows, values_table
from touchline.domain.kernel.turns import Turn, take_turns

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset that is to be. Without a ``slug`` it gets one made of its title.

    The kind is that of the template where there is one.
    """

    text: AssetText
    kind: AssetKind | None = None
    slug: str | None = None
    language: str = DEFAULT_LANGUAGE
    template_id: int | None = None


@transactional
async def create_asset(actor: Actor, new: NewAsset) -> int:
    """Write the first version of an asset, a draft; returns the asset's id."""
    actor.require(Scope.WRITE)
    text, language = checked_text(new.text), checked_language(new.language)
    slug, kind = checked_slug(new.slug, text.title), new.kind or AssetKind.OTHER
    slots: list[Slot] | None = None
    if new.template_id is not None:
        kind, slots = await template_of(new.template_id, in_use=True)
    await take_turns(Turn.CONTENT, [0])
    if await fetch("SELECT 1 FROM content_asset WHERE slug = ?", (slug,)):
        raise _slug_taken(slug)
    row = _Row(slug, language, kind, template_id=new.template_id)
    return await _insert(actor, row, _in_slots(text, slots), _slug_taken(slug))


@transactional
async def revise_asset(
    actor: Actor,
    asset_id: int,
    text: AssetText,
    *,
    translated_version: int | None = None,
    expected_version: int | None = None,
) -> None:
    """Write the next version: a draft, whatever the one before was. Readers still see theirs.

    Of a translation, ``translated_version`` says which version of the original it follows now.
    """
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id, expected_version)
    status = after(Act.WRITE, asset.status)
    checked = _in_slots(checked_text(text), await _slots_of(asset))
    follows = asset.translated_version
    if translated_version is not None:
        follows = await _checked_source(asset.original_id, translated_version)
    version, moment = asset.version + 1, now()
    await _write_version(actor, asset_id, version, checked, moment)
    await execute(
        "UPDATE content_asset SET version = ?, status = ?, title = ?, title_key = ?,"
        " translated_version = ?, updated_at = ? WHERE id = ?",
        (version, status, checked.title, name_key(checked.title), follows, moment, asset_id),
    )
    await note_step(actor, replace(asset, version=version), Act.WRITE, status)


@transactional
async def translate_asset(actor: Actor, original_id: int, language: str, text: AssetText) -> int:
    """Make a sibling of an asset in another language, which follows its newest version.

    A translation of a translation follows the original. Returns the new asset's id.
    """
    actor.require(Scope.WRITE)
    await take_turns(Turn.CONTENT, [0])
    original = await found_asset(original_id, field="originalId")
    if original.original_id is not None:
        original = await found_asset(original.original_id, field="originalId")
    checked, tag = checked_text(text), checked_language(language)
    slots = await _slots_of(original)
    row = _Row(
        *(original.slug, tag, original.kind, original.template_id),
        original_id=original.id,
        translated_version=original.version,
    )
    message = f"There is one in the language {tag} already."
    taken = Refused(Code.LANGUAGE_TAKEN, message, ("language",))
    asset_id = await _insert(actor, row, _in_slots(checked, slots), taken)
    await add_source(actor, asset_id, original.id, AssetRelation.TRANSLATED)
    return asset_id


@dataclass(frozen=True, slots=True)
class _Row:
    slug: str
    language: str
    kind: AssetKind
    template_id: int | None = None
    original_id: int | None = None
    translated_version: int | None = None


async def _insert(actor: Actor, row: _Row, text: AssetText, taken: Refused) -> int:
    moment = now()
    (asset_id,) = await allocate("content_asset", 1)
    values = {
        "id": asset_id,
        "family_id": asset_id,
        "slug": row.slug,
        "language": row.language,
        "kind": row.kind,
        "status": AssetStatus.DRAFT,
        "title": text.title,
        "title_key": name_key(text.title),
        "version": 1,
        "original_id": row.original_id,
        "translated_version": row.translated_version,
        "template_id": row.template_id,
        "created_at": moment,
        "updated_at": moment,
    }
    rows = await insert_rows(
        "content_asset",
        [*values],
        [[*values.values()]],
        on_conflict="ON CONFLICT (slug, language) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise taken
    await _write_version(actor, asset_id, 1, text, moment)
    made = Asset(asset_id, row.slug, row.language, row.kind, AssetStatus.DRAFT, 1)
    await note_step(actor, made, Act.WRITE, AssetStatus.DRAFT)
    return asset_id


async def _write_version(
    actor: Actor, asset_id: int, number: int, text: AssetText, moment: Moment
) -> None:
    attachments = [{"url": one.url, "title": one.title} for one in text.attachments]
    slots = None
    if text.slots is not None:
        texts = [{"name": name, "text": said} for name, said in text.slots.items()]
        slots = orjson.dumps(texts).decode()
    await insert_rows(
        "content_version",
        [
            *("asset_id", "number", "title", "body", "body_html", "cover_url", "attachments"),
            *("slots", "actor_name", "created_at"),
        ],
        [
            (
                *(asset_id, number, text.title, text.body, render(text.body), text.cover_url),
                *(orjson.dumps(attachments).decode(), slots, actor.name, moment),
            )
        ],
    )


async def _slots_of(asset: Asset) -> list[Slot] | None:
    """The slots of the template that an asset is made of, if it is of one."""
    if asset.template_id is None:
        return None
    _, slots = await template_of(asset.template_id)
    return slots


def _in_slots(text: AssetText, slots: list[Slot] | None) -> AssetText:
    """The text as the template has it: its body is that of its slots."""
    if slots is None:
        if text.slots:
            message = "The asset is made of no template, so it has no slots."
            raise Refused(Code.SLOT_UNKNOWN, message, ("slots",))
        return replace(text, slots=None)
    if text.body:
        message = "The asset is made of a template; its body is that of its slots."
        raise Refused(Code.BODY_INVALID, message, ("body",))
    texts = filled(slots, text.slots or {})
    body = body_of(texts)
    check_body(body, "slots")
    return replace(text, body=body, slots=texts)


async def _checked_source(original_id: int | None, version: int) -> int:
    rows = await fetch(
        "SELECT 1 FROM content_version WHERE asset_id = ? AND number = ?", (original_id, version)
    )
    if rows:
        return version
    message = "The original has no such version." if original_id else "It is no translation."
    raise Refused(Code.VERSION_UNKNOWN, message, ("translatedVersion",))


def _slug_taken(slug: str) -> Refused:
    message = f"There is an asset with the slug {slug} already."
    return Refused(Code.SLUG_TAKEN, message, ("slug",))


async def set_counts(counts: Mapping[int, tuple[int, int]]) -> None:
    """Keep with assets how often each was read and what it converted. For those who count."""
    if not counts:
        return
    item, params = values_table(
        "told",
        [("id", "bigint"), ("reads", "bigint"), ("conversions", "bigint")],
        [(asset, *told) for asset, told in sorted(counts.items())],
    )
    await execute(
        f"WITH {item} UPDATE content_asset SET read_count = told.reads,"
        " conversion_count = told.conversions FROM told WHERE content_asset.id = told.id"
        " AND (content_asset.read_count <> told.reads"
        " OR content_asset.conversion_count <> told.conversions)",
        params,
    )
