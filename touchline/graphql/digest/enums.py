"""The words of the weekly update."""

from enum import Enum

import strawberry

from touchline.domain.digest.errors import DigestErrorCode as Code
from touchline.domain.digest.service import TargetKind


@strawberry.enum(description="How the weekly update gets to a target.")
class DigestTargetKind(Enum):
    """A webhook or a mailbox."""

    WEBHOOK = strawberry.enum_value(
        TargetKind.WEBHOOK.value, description="An incoming webhook as Slack has them."
    )
    EMAIL = strawberry.enum_value(TargetKind.EMAIL.value, description="A mailbox.")


@strawberry.enum(description="Where a delivery stands.")
class DigestDeliveryState(Enum):
    """Pending until it was sent."""

    PENDING = strawberry.enum_value("PENDING", description="It is to be sent, or tried again.")
    SENT = strawberry.enum_value("SENT", description="The receiver took it.")
    DEAD = strawberry.enum_value(
        "DEAD", description="It was tried too often; `digestDeliveryRetry` sends it anew."
    )
    DROPPED = strawberry.enum_value("DROPPED", description="Its target was removed before.")


@strawberry.enum(description="Why a change of the weekly update is refused.")
class DigestErrorCode(Enum):
    """The codes of the capability."""

    ADDRESS_INVALID = strawberry.enum_value(
        Code.ADDRESS_INVALID, description="It is no address of that kind."
    )
    TARGET_TAKEN = strawberry.enum_value(
        Code.TARGET_TAKEN, description="The update is sent there already."
    )
    TARGET_NOT_FOUND = strawberry.enum_value(
        Code.TARGET_NOT_FOUND, description="There is no such target, or no more."
    )
    DELIVERY_NOT_FOUND = strawberry.enum_value(
        Code.DELIVERY_NOT_FOUND, description="There is no delivery with this id."
    )
    DELIVERY_NOT_DEAD = strawberry.enum_value(
        Code.DELIVERY_NOT_DEAD, description="It was sent, or is still on its way."
    )
    TOO_MANY_TARGETS = strawberry.enum_value(
        Code.TOO_MANY_TARGETS, description="There are as many targets as there can be."
    )
