"""The words for what changed. A rule says which of them can change its answer."""

from collections.abc import Collection

from touchline.domain.kernel.clock import Moment

EVERYTHING = "all"
"""Nothing that was known of the customer holds for sure: merged, parted, merged into another."""
CREATED = "created"
"""The customer is new: what holds of those of whom nothing is known may hold."""
EVENT = "event"
"""A touchpoint, whichever."""
ACCOUNT = "account"
"""The account the customer belongs to."""
STAGE = "stage"
CONVERSION = "conversion"
"""A conversion came, went, or is worth something else."""
ATTRIBUTION = "attribution"
"""By what the credit for conversions is shared."""

_DUE, _SINCE = "due:", "since:"
_EVER = -(2**62)


def event(name: str) -> str:
    """A touchpoint of this name."""
    return f"event:{name}"


def since(at: Moment) -> str:
    """No touchpoint that came or went is from before this instant."""
    return f"{_SINCE}{at}"


EVER = since(_EVER)
"""A touchpoint went, or came from who knows when."""


def earliest(facts: Collection[str]) -> Moment:
    """The first instant of which touchpoints came or went; long ago where nobody said."""
    moments = [int(fact.removeprefix(_SINCE)) for fact in facts if fact.startswith(_SINCE)]
    return min(moments, default=_EVER)


def event_type(kind: str) -> str:
    """A touchpoint of this type."""
    return f"type:{kind}"


def trait(name: str) -> str:
    """What is said of a trait."""
    return f"trait:{name}"


def account_trait(name: str) -> str:
    """What is said of a trait of the customer's account."""
    return f"account_trait:{name}"


def identifier(kind: str) -> str:
    """An identifier of this kind came or went."""
    return f"identifier:{kind}"


def tag(tag_id: int) -> str:
    """A tag was set, lost or changed its state."""
    return f"tag:{tag_id}"


def score(model_id: int) -> str:
    """The score by a model, or its band."""
    return f"score:{model_id}"


def segment(segment_id: int) -> str:
    """The customer entered or left a segment."""
    return f"segment:{segment_id}"


def due(owner: str) -> str:
    """The instant has come for which ``owner`` asked to be woken."""
    return f"{_DUE}{owner}"


def is_due(facts: Collection[str], owner: str) -> bool:
    """Whether ``owner`` asked to be woken now."""
    return due(owner) in facts
