"""What a caller wrote, as the domain takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import strawberry

from touchline.domain.content.guardrails import Slot
from touchline.domain.content.service import NewAsset
from touchline.domain.content.types import AssetKind, SlotRule
from touchline.domain.content.writing import AssetText, Attachment
from touchline.graphql.base.errors import read_id
from touchline.graphql.content.enums import ContentKind
from touchline.graphql.content.inputs import (
    ContentAssetCreateInput,
    ContentAssetDeriveInput,
    ContentAssetTranslateInput,
    ContentAssetUpdateInput,
    ContentAttachmentInput,
    ContentSlotInput,
    ContentSlotTextInput,
)

T = TypeVar("T")


def read_new(given: ContentAssetCreateInput | ContentAssetDeriveInput) -> NewAsset:
    """A new asset."""
    template = given.template_id
    return NewAsset(
        read_text(given),
        None if given.kind is None else read_kind(given.kind),
        given.slug,
        given.language,
        None if template is None else read_id(template, "input.templateId", "ContentTemplate"),
    )


def read_text(
    given: ContentAssetCreateInput | ContentAssetDeriveInput | ContentAssetTranslateInput,
) -> AssetText:
    """What is written of a new asset."""
    return AssetText(
        given.title,
        given.body or "",
        given.cover_url,
        _attachments(given.attachments or []),
        None if given.slots is None else _slots(given.slots),
    )


def read_change(known: AssetText, given: ContentAssetUpdateInput) -> AssetText:
    """What is known of an asset with what is given in its place."""
    changed = replace(
        known,
        title=_told(given.title, known.title),
        body=_told(given.body, known.body),
        cover_url=_told(given.cover_url, known.cover_url),
    )
    if given.attachments is not None:
        changed = replace(changed, attachments=_attachments(given.attachments.value))
    if given.slots is not None:
        slots = {**(known.slots or {}), **_slots(given.slots.value)}
        changed = replace(changed, slots=slots)
    return changed


def read_slot(given: ContentSlotInput) -> Slot:
    """A slot of a new template."""
    return Slot(
        given.name,
        SlotRule(str(given.rule.value)),
        given.text,
        given.min_length,
        given.max_length,
        tuple(given.required_tokens),
    )


def read_kind(given: ContentKind) -> AssetKind:
    """What sort of content."""
    return AssetKind(str(given.value))


def _told(given: strawberry.Maybe[T], known: T) -> T:
    return known if given is None else given.value


def _attachments(given: Sequence[ContentAttachmentInput]) -> list[Attachment]:
    return [Attachment(one.url, one.title) for one in given]


def _slots(given: Sequence[ContentSlotTextInput]) -> Mapping[str, str]:
    return {one.name: one.text for one in given}
