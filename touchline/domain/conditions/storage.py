"""Conditions as text: one canonical JSON for each tree, the same on every machine."""

import msgspec

from touchline.domain.conditions.errors import ConditionCode
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.errors import Refused

_LONGEST = 200_000

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[Condition] = msgspec.json.Decoder(Condition)


def to_json(condition: Condition) -> str:
    """The canonical text: equal trees give equal text. Absent is what has its default."""
    once = _encoder.encode(condition)
    return _encoder.encode(_decoder.decode(once)).decode()  # 5 becomes 5.0, as it is read


def from_json(text: str | bytes) -> Condition:
    """Read what ``to_json`` wrote; raises ``Refused`` when it is something else."""
    try:
        if len(text) > _LONGEST:
            raise ValueError("it is too long")
        return _decoder.decode(text)
    except (ValueError, RecursionError) as error:
        message = f"This is no condition: {error}."
        raise Refused(ConditionCode.CONDITION_MALFORMED, message, ("condition",)) from None
