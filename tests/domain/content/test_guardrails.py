"""What templates let people write."""

import pytest

from tests.support.content import an_asset
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.guardrails import Slot, filled
from touchline.domain.content.queries import text_of
from touchline.domain.content.service import NewAsset, create_asset, revise_asset
from touchline.domain.content.templating import archive_template, create_template
from touchline.domain.content.types import AssetKind, SlotRule
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings

HEAD = Slot("head", SlotRule.CONTENT_ONLY, "## Air\n\n- [see](https://a.example)")
BODY = Slot("the_body", SlotRule.EDITABLE, "", min_length=3, max_length=10)
FOOT = Slot("foot", SlotRule.LOCKED, "© Us")
OUT = Slot("out", SlotRule.EDITABLE, "{{unsubscribe}}", tokens=("{{unsubscribe}}",))
SLOTS = (HEAD, BODY, FOOT, OUT)
GOOD = {"the_body": "Hello"}


@pytest.mark.parametrize(
    "given, code, path, said",
    [
        ({}, Code.SLOT_TOO_SHORT, ("slots",), "The slot the_body needs at least 3"),
        ({"the_body": " a "}, Code.SLOT_TOO_SHORT, ("slots", 0, "text"), "the_body needs"),
        ({"the_body": "x" * 11}, Code.SLOT_TOO_LONG, ("slots", 0, "text"), "at most 10"),
        (GOOD | {"foot": "© Me"}, Code.SLOT_LOCKED, ("slots", 1, "text"), "The slot foot is"),
        (GOOD | {"out": "x"}, Code.SLOT_LACKS_TOKEN, ("slots", 1, "text"), "{{unsubscribe}}"),
        (GOOD | {"none": "x"}, Code.SLOT_UNKNOWN, ("slots", 1, "name"), "no slot called none"),
        (GOOD | {"head": "# Air"}, Code.SLOT_FORM_CHANGED, ("slots", 1, "text"), "The slot head"),
        (
            GOOD | {"head": "## Air\n\n- [see](https://evil.example)"},
            *(Code.SLOT_FORM_CHANGED, ("slots", 1, "text"), "links"),
        ),
    ],
)
def test_a_violation_names_its_slot(
    given: dict[str, str], code: Code, path: tuple[str | int, ...], said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        filled(SLOTS, given)
    assert (refusal.value.code, refusal.value.path) == (code, path)
    assert said in refusal.value.message


def test_words_may_change_where_the_form_stays() -> None:
    head = "## Fresh *air*\n\n- [look](https://a.example)".replace("*", "")
    assert filled(SLOTS, GOOD | {"head": head})["head"] == head


async def test_an_asset_is_made_of_its_template_and_held_to_it(db: Settings) -> None:
    template = await create_template(SYSTEM, name="News", kind=AssetKind.EMAIL, slots=SLOTS)
    asset = await create_asset(SYSTEM, NewAsset(AssetText("May", slots=GOOD), template_id=template))
    (row,) = await fetch("SELECT kind FROM content_asset WHERE id = ?", (asset,))
    assert row["kind"] == "EMAIL"
    text = await text_of(asset)
    assert list((text.slots or {}).values()) == [HEAD.text, "Hello", "© Us", "{{unsubscribe}}"]
    (version,) = await fetch("SELECT body FROM content_version WHERE asset_id = ?", (asset,))
    assert version["body"] == f"{HEAD.text}\n\nHello\n\n© Us\n\n{{{{unsubscribe}}}}"

    await archive_template(SYSTEM, template)
    for change in (AssetText("May", slots={"the_body": "x"}), AssetText("May", body="free")):
        with pytest.raises(Refused):
            await revise_asset(SYSTEM, asset, change)
    assert len(await fetch("SELECT 1 FROM content_version")) == 1
    with pytest.raises(Refused) as refusal:
        await create_asset(SYSTEM, NewAsset(AssetText("June", slots=GOOD), template_id=template))
    assert refusal.value.code is Code.TEMPLATE_NOT_FOUND


async def test_slots_without_a_template_are_refused(db: Settings) -> None:
    asset = await an_asset()
    with pytest.raises(Refused) as refusal:
        await revise_asset(SYSTEM, asset, AssetText("Air", slots=GOOD))
    assert refusal.value.code is Code.SLOT_UNKNOWN


USELESS: list[tuple[tuple[Slot, ...], tuple[str | int, ...]]] = [
    ((), ("slots",)),
    ((BODY, BODY), ("slots", 1, "name")),
    ((Slot(" ", SlotRule.EDITABLE, ""),), ("slots", 0, "name")),
    ((Slot("a", SlotRule.EDITABLE, "", 5, 4),), ("slots", 0, "maxLength")),
    ((Slot("a", SlotRule.EDITABLE, "", tokens=(" ",)),), ("slots", 0, "tokens")),
    ((Slot("a", SlotRule.LOCKED, "x", tokens=("y",)),), ("slots",)),
]


async def test_a_template_that_nobody_could_fill_is_refused(db: Settings) -> None:
    for slots, path in USELESS:
        with pytest.raises(Refused) as refusal:
            await create_template(SYSTEM, name="T", kind=AssetKind.EMAIL, slots=slots)
        assert refusal.value.path == path
    assert await fetch("SELECT 1 FROM content_template") == []
