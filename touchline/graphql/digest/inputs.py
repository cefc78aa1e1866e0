"""What mutations of the weekly update are given."""

import strawberry

from touchline.graphql.digest.enums import DigestTargetKind


@strawberry.input(description="Where the weekly update is to be sent.")
class DigestTargetCreateInput:
    """What `digestTargetCreate` is given."""

    kind: DigestTargetKind = strawberry.field(description="How the update gets there.")
    address: str = strawberry.field(
        description=(
            'The address of an incoming webhook, which takes `{"text": …}` as Slack does, or an '
            "e-mail address."
        )
    )
