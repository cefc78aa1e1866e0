"""What every resolver is given besides its arguments."""

from dataclasses import dataclass, field
from typing import Any

from touchline.domain.collect.intake import Limits
from touchline.domain.kernel.actor import Actor


@dataclass(slots=True)
class Context:
    """One operation's caller and memory; ``info.context`` in a resolver.

    ``loaders`` holds the batch loaders of this operation. For a subscription it is emptied
    before every message, so that no message shows what an earlier one had read. ``limits`` are
    those that this deployment sets for events, ``public_url`` is its address and
    ``private_webhooks`` whether webhooks may lead into its own network. ``entries`` are the
    engine's plans for what stands below payloads.
    """

    actor: Actor
    request_id: str
    address: str = ""
    limits: Limits = field(default_factory=Limits)
    loaders: dict[Any, Any] = field(default_factory=dict)
    entries: Any = None
    public_url: str = "http://127.0.0.1:8000"
    private_webhooks: bool = False

    bucket: str = field(init=False)
    """Whose cost this is: the key's, or the network address's for callers without a key."""

    def __post_init__(self) -> None:
        actor = self.actor
        if actor.id is None:
            self.bucket = f"address:{self.address}"
        else:
            self.bucket = f"{actor.kind.lower()}:{actor.id}"
