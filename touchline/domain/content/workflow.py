"""The way of a version to its readers: which act leads from where to where.

    DRAFT → IN_REVIEW → APPROVED → (SCHEDULED →) PUBLISHED → UNPUBLISHED → ARCHIVED

What is written anew is a draft again, whatever stood before; the version that readers see stays
until another one is published, or until it is unpublished.
"""

from collections.abc import Mapping

from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.types import Act, AssetStatus
from touchline.domain.kernel.errors import Refused

_S = AssetStatus

STEPS: Mapping[Act, Mapping[AssetStatus, AssetStatus]] = {
    Act.WRITE: dict.fromkeys(
        (_S.DRAFT, _S.IN_REVIEW, _S.APPROVED, _S.PUBLISHED, _S.UNPUBLISHED), _S.DRAFT
    ),
    Act.SUBMIT: {_S.DRAFT: _S.IN_REVIEW},
    Act.APPROVE: {_S.IN_REVIEW: _S.APPROVED},
    Act.REJECT: {_S.IN_REVIEW: _S.DRAFT},
    Act.SCHEDULE: {_S.APPROVED: _S.SCHEDULED, _S.SCHEDULED: _S.SCHEDULED},
    Act.UNSCHEDULE: {_S.SCHEDULED: _S.APPROVED},
    Act.PUBLISH: {
        _S.APPROVED: _S.PUBLISHED,
        _S.SCHEDULED: _S.PUBLISHED,
        _S.UNPUBLISHED: _S.PUBLISHED,
    },
    Act.ARCHIVE: dict.fromkeys((_S.DRAFT, _S.IN_REVIEW, _S.APPROVED, _S.UNPUBLISHED), _S.ARCHIVED),
}

_REFUSALS: Mapping[Act, tuple[Code, str]] = {
    Act.APPROVE: (Code.NOT_IN_REVIEW, "Only what is in review can be approved."),
    Act.REJECT: (Code.NOT_IN_REVIEW, "Only what is in review can be rejected."),
    Act.SCHEDULE: (Code.NOT_APPROVED, "Only what was approved can be scheduled."),
    Act.UNSCHEDULE: (Code.NOT_SCHEDULED, "It is not scheduled."),
    Act.PUBLISH: (Code.NOT_APPROVED, "Only what was approved can be published."),
}


def after(act: Act, status: AssetStatus, *, field: str = "id") -> AssetStatus:
    """Where an asset stands after an act; refuses one that is not possible there.

    ``field`` is where the asset stands in what the caller gave.
    """
    reached = STEPS[act].get(status)
    if reached is not None:
        return reached
    if act is Act.PUBLISH and status is AssetStatus.PUBLISHED:
        raise Refused(Code.ALREADY_PUBLISHED, "The newest version is published already.", (field,))
    if act is Act.ARCHIVE and status is AssetStatus.PUBLISHED:
        raise still_published()
    known = f"It is {status.replace('_', ' ').lower()}."
    code, message = _REFUSALS.get(act, (Code.STEP_NOT_POSSIBLE, "This cannot be done now."))
    raise Refused(code, f"{message} {known}", (field,))


def still_published() -> Refused:
    """The refusal to put away what readers still see."""
    return Refused(Code.STILL_PUBLISHED, "Readers still see it; unpublish it first.", ("id",))
