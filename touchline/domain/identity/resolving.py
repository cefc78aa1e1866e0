"""From what a batch of touchpoints carries to the customers they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from touchline.domain.customers.profiles import IdentifierList
from touchline.domain.identity import loading, queries, recording
from touchline.domain.identity.components import Member, ObstacleReason
from touchline.domain.identity.digests import Identifier, identifier_digest, link_digest
from touchline.domain.identity.errors import IdentityWarning, WarningCode
from touchline.domain.identity.folding import Landing, Link, Refusal, strongest_first
from touchline.domain.identity.growing import Change
from touchline.domain.identity.integrating import Integration, integrate
from touchline.domain.identity.loading import StoredLink
from touchline.domain.identity.recording import Sighting, Span
from touchline.domain.kernel.clock import Moment

_CODES = {
    ObstacleReason.LIMIT_REACHED: WarningCode.IDENTIFIER_LIMIT_REACHED,
    ObstacleReason.UNIQUE_CLASH: WarningCode.UNIQUE_IDENTIFIER_CLASH,
    ObstacleReason.KEPT_APART: WarningCode.CUSTOMERS_KEPT_APART,
}


@dataclass(frozen=True, slots=True)
class Observation:
    """The identifiers of one touchpoint (at least one), and when it happened."""

    identifiers: tuple[Identifier, ...]
    occurred_at: Moment


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a touchpoint belongs, and the link by which it follows its customer."""

    link_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """A placement for each observation, in their order; what was left aside, by index.

    ``changed`` are the customers whose identifiers are not what they were, with all that each
    has now: their profiles are to be recomputed.
    """

    placements: Sequence[Placement]
    warnings: Sequence[tuple[int, IdentityWarning]]
    changed: Mapping[int, IdentifierList]


@dataclass(slots=True)
class _Batch:
    """Observations gathered by the set of identifiers they carry."""

    links: list[bytes] = field(default_factory=list)
    carried: dict[bytes, tuple[Identifier, ...]] = field(default_factory=dict)
    spans: dict[bytes, Span] = field(default_factory=dict)


async def place(observations: Sequence[Observation]) -> Resolution:
    """Find or make the customer of each observation, in the transaction of the caller."""
    batch = _gathered(observations)
    await loading.hold_identity()
    stored = await loading.links_by_digest(batch.carried)
    sightings = _sightings(batch)
    changes = await _changes(batch, stored)
    integration = await integrate(changes, sightings) if changes else Integration()
    await recording.see_again(
        {
            digest: (seen.first, seen.last)
            for digest, seen in sightings.items()
            if digest not in integration.fresh
        }
    )
    changed = await queries.names_of(integration.changed)
    warnings = list(_warnings(batch, integration.landings))
    return Resolution(_placements(batch, stored, integration), warnings, changed)


def _gathered(observations: Sequence[Observation]) -> _Batch:
    batch = _Batch()
    digests: dict[tuple[Identifier, ...], bytes] = {}
    for seen in observations:
        digest = digests.get(seen.identifiers)
        if digest is None:
            digest = link_digest(map(identifier_digest, seen.identifiers))
            digests[seen.identifiers] = digest
            batch.carried.setdefault(digest, seen.identifiers)
        batch.links.append(digest)
        moment = seen.occurred_at
        first, last = batch.spans.get(digest, (moment, moment))
        batch.spans[digest] = (min(first, moment), max(last, moment))
    return batch


def _sightings(batch: _Batch) -> dict[bytes, Sighting]:
    sightings: dict[bytes, Sighting] = {}
    for link, identifiers in batch.carried.items():
        first, last = batch.spans[link]
        for identifier in identifiers:
            digest = identifier_digest(identifier)
            if seen := sightings.get(digest):
                first_seen, last_seen = min(first, seen.first), max(last, seen.last)
                sightings[digest] = Sighting(identifier, first_seen, last_seen)
            else:
                sightings[digest] = Sighting(identifier, first, last)
    return sightings


async def _changes(batch: _Batch, stored: Mapping[bytes, StoredLink]) -> list[Change]:
    """Links that are new, and those that moved back in time and had lost members."""
    earlier = {
        digest: link for digest, link in stored.items() if batch.spans[digest][0] < link.first_at
    }
    await recording.move_back({link.id: batch.spans[d][0] for d, link in earlier.items()})
    refused = {digest: link for digest, link in earlier.items() if link.refused}
    lost = await loading.lost_members(link.id for link in refused.values())
    new = [digest for digest in batch.carried if digest not in stored]
    return [Change(_link(batch, digest), lost.get(digest)) for digest in (*new, *refused)]


def _link(batch: _Batch, digest: bytes) -> Link:
    members = (Member(identifier_digest(one), one.kind) for one in batch.carried[digest])
    return Link(digest, batch.spans[digest][0], strongest_first(members))


def _warnings(
    batch: _Batch, landings: Mapping[bytes, Landing]
) -> Iterable[tuple[int, IdentityWarning]]:
    """One for each member that a new link lost, at the first observation that carries it."""
    for digest, landing in landings.items():
        if not landing:
            continue
        carried = {identifier_digest(one): one for one in batch.carried[digest]}
        for refusal in landing:
            yield batch.links.index(digest), _warning(carried[refusal.digest], refusal)


def _warning(identifier: Identifier, refusal: Refusal) -> IdentityWarning:
    obstacle = refusal.obstacle
    told = f"{identifier.kind} {identifier.value!r} was not taken along: "
    match obstacle.reason:
        case ObstacleReason.KEPT_APART:
            told += "a person decided that these are different customers."
        case ObstacleReason.UNIQUE_CLASH:
            told += f"one customer would have two different values of {obstacle.kind}."
        case ObstacleReason.LIMIT_REACHED:
            told += f"one customer would have too many values of {obstacle.kind}."
    return IdentityWarning(_CODES[obstacle.reason], told)


def _placements(
    batch: _Batch, stored: Mapping[bytes, StoredLink], integration: Integration
) -> list[Placement]:
    placed: dict[bytes, Placement] = {}
    for digest in batch.carried:
        link = stored.get(digest)
        customer = integration.places.get(digest)
        if link is None:
            placed[digest] = Placement(integration.link_ids[digest], integration.places[digest])
        elif customer is None:
            heir = integration.heirs.get(link.customer, link.customer)
            placed[digest] = Placement(link.id, heir)
        else:
            placed[digest] = Placement(link.id, customer)
    return [placed[digest] for digest in batch.links]
