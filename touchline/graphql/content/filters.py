"""Which assets a list shows, and in which order."""

from dataclasses import replace

import strawberry

from touchline.domain.content import relations
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import combined, held
from touchline.graphql.base.paging import OrderDirection
from touchline.graphql.content.enums import ContentAssetOrderField, ContentKind, ContentStatus


def _values(given: list[ContentKind] | list[ContentStatus]) -> list[str]:
    return [str(one.value) for one in given]


def _template_id(given: str) -> int:
    return read_id(given, "filter.template", "ContentTemplate")


@strawberry.input(description="Which assets to show. All that is given must hold.")
class ContentAssetFilter:
    """Filter of `contentAssets`."""

    search: str | None = held(
        relations.TITLE_CONTAINS, description="Only whose title contains this, in any case."
    )
    kinds: list[ContentKind] | None = held(
        replace(relations.OF_KINDS, prepare=_values), description="Only those of these kinds."
    )
    statuses: list[ContentStatus] | None = held(
        replace(relations.IN_STATUSES, prepare=_values),
        description="Only whose newest version stands so.",
    )
    language: str | None = held(relations.IN_LANGUAGE, description="Only those in this language.")
    is_translation_stale: bool | None = held(
        relations.IS_STALE, description="Only stale translations, or only the others."
    )
    template: strawberry.ID | None = held(
        replace(relations.MADE_OF, prepare=_template_id),
        description="Only those made of the template with this id.",
    )
    and_: list["ContentAssetFilter"] | None = combined("and", description="All of these hold.")
    or_: list["ContentAssetFilter"] | None = combined("or", description="Any of these holds.")
    not_: "ContentAssetFilter | None" = combined("not", description="This does not hold.")


@strawberry.input(description="How to sort assets.")
class ContentAssetOrder:
    """Order of `contentAssets`."""

    field: ContentAssetOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(description="Which end comes first.")
