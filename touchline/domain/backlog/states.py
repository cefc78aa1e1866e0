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


def after(act: Act, state: ItemState) -> ItemState:
    """Where an item stands after an act; refuses one that is not possible there."""
    reached = STEPS[act].get(state)
    if reached is None:
        where = state.replace("_", " ").lower()
        message = f"The item is {where}; it cannot {act.replace('_', ' ').lower()} from there."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    return reached
