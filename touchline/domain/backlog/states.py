"""The way of an item: which act leads from where to where.

    PROPOSED → BACKLOG ⇄ READY → IN_PROGRESS → IN_REVIEW → LAUNCHED → MEASURED
        ↘ DECLINED, DUPLICATE          ↘ back to BACKLOG, or DROPPED

Between BACKLOG and READY an item moves by itself, as its questions are answered or open again.
"""

from collections.abc import Mapping

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.types import Act, ItemState
from touchline.domain.kernel.errors import Refused

_S = ItemState

STEPS: Mapping[Act, Mapping[ItemState, ItemState]] = {
    Act.ACCEPT: {_S.PROPOSED: _S.BACKLOG},
    Act.DECLINE: {_S.PROPOSED: _S.DECLINED},
    Act.MARK_DUPLICATE: {_S.PROPOSED: _S.DUPLICATE},
    Act.PULL: {_S.READY: _S.IN_PROGRESS},
    Act.SUBMIT: {_S.IN_PROGRESS: _S.IN_REVIEW},
    Act.RETURN: {_S.IN_REVIEW: _S.IN_PROGRESS},
    Act.LAUNCH: {_S.IN_REVIEW: _S.LAUNCHED},
    Act.PUT_BACK: dict.fromkeys((_S.IN_PROGRESS, _S.IN_REVIEW), _S.BACKLOG),
    Act.DROP: dict.fromkeys((_S.BACKLOG, _S.READY, _S.IN_PROGRESS, _S.IN_REVIEW), _S.DROPPED),
    Act.MEASURE: {_S.LAUNCHED: _S.MEASURED},
}


_DONE_TO: Mapping[Act, str] = {
    Act.ACCEPT: "accepted",
    Act.DECLINE: "declined",
    Act.MARK_DUPLICATE: "called a duplicate",
    Act.PULL: "pulled",
    Act.SUBMIT: "given to review",
    Act.RETURN: "returned",
    Act.LAUNCH: "launched",
    Act.PUT_BACK: "put back",
    Act.DROP: "dropped",
    Act.MEASURE: "measured",
}


def after(act: Act, state: ItemState) -> ItemState:
    """Where an item stands after an act; refuses one that is not possible there."""
    reached = STEPS[act].get(state)
    if reached is None:
        where = state.replace("_", " ").lower()
        message = f"The item is {where}; from there it cannot be {_DONE_TO[act]}."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    return reached
