"""What a template lets people write in its slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.rendering import form
from touchline.domain.content.types import SlotRule
from touchline.domain.kernel.errors import Refused

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a template. Lengths are in characters of its Markdown; ``tokens`` must stand in it.

    LOCKED text stays as it is. Of CONTENT_ONLY text the words may change, but not the form:
    headings, lists, links and pictures stay. EDITABLE text is free.
    """

    name: str
    rule: SlotRule
    text: str
    min_length: int = 0
    max_length: int | None = None
    tokens: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "name": self.name,
            "rule": self.rule.value,
            "text": self.text,
            "minLength": self.min_length,
            "maxLength": self.max_length,
            "tokens": list(self.tokens),
        }


def slot_of(kept: Mapping[str, Any]) -> Slot:
    """A slot as it was kept."""
    return Slot(
        kept["name"],
        SlotRule(kept["rule"]),
        kept["text"],
        kept["minLength"],
        kept["maxLength"],
        tuple(kept["tokens"]),
    )


def filled(slots: Sequence[Slot], given: Mapping[str, str]) -> dict[str, str]:
    """The text of every slot, in order; refuses the first violation, which names its slot."""
    known = {slot.name for slot in slots}
    places = {name: at for at, name in enumerate(given)}
    for name, at in places.items():
        if name not in known:
            message = f"The template has no slot called {name}."
            raise Refused(Code.SLOT_UNKNOWN, message, ("slots", at, "name"))
    for slot in slots:
        text = given.get(slot.name, slot.text)
        found = _violation(slot, text)
        if found is not None:
            code, said = found
            path = ("slots", places[slot.name], "text") if slot.name in places else ("slots",)
            raise Refused(code, f"The slot {slot.name} {said}.", path)
    return {slot.name: given.get(slot.name, slot.text) for slot in slots}


def body_of(texts: Mapping[str, str]) -> str:
    """The body of an asset whose slots have these texts."""
    return BETWEEN.join(text for text in texts.values() if text.strip())


def _violation(slot: Slot, text: str) -> tuple[Code, str] | None:
    """What the slot does not allow of a text, as a code and the rest of a sentence about it."""
    if slot.rule is SlotRule.LOCKED and text != slot.text:
        return Code.SLOT_LOCKED, "is locked; its text stays as it is"
    if slot.max_length is not None and len(text) > slot.max_length:
        said = f"takes at most {slot.max_length:,} characters, not {len(text):,}"
        return Code.SLOT_TOO_LONG, said
    if len(text.strip()) < slot.min_length:
        return Code.SLOT_TOO_SHORT, f"needs at least {slot.min_length:,} characters"
    for token in slot.tokens:
        if token not in text:
            return Code.SLOT_LACKS_TOKEN, f"must hold {token}"
    if slot.rule is SlotRule.CONTENT_ONLY and form(text) != form(slot.text):
        said = "lets its words change, not its headings, lists, links and pictures"
        return Code.SLOT_FORM_CHANGED, said
    return None
