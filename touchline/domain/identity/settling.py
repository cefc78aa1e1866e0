"""Folds a closure of stored links again and writes what came out differently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.customers import service as customers
from touchline.domain.identity import loading, recording
from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Landing, Link
from touchline.domain.identity.loading import Reach
from touchline.domain.identity.recording import Merge, Sighting
from touchline.domain.identity.refolding import Closure, Place, Settled, Wish, refold
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark
from touchline.domain.timeline.types import LinkMove


@dataclass(frozen=True, slots=True)
class Cause:
    """Why customers become one where they do, and by whose decision if not by a rule."""

    reason: str | None
    actor_name: str | None = None
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where every link of the closure stands now, and the customers that are not as before."""

    link_ids: Mapping[bytes, int]
    places: Mapping[bytes, int]
    landings: Mapping[bytes, Landing]
    changed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The fold's outcome with a number for every customer."""

    settled: Sequence[tuple[int, Settled]]
    owners: Mapping[bytes, int]
    places: Mapping[bytes, int]
    landings: Mapping[bytes, Landing]


async def settle(
    identifiers: Iterable[int],
    cause: Cause,
    *,
    new: Sequence[Link] = (),
    sightings: Mapping[bytes, Sighting] | None = None,
    wishes: Sequence[Wish] = (),
) -> Settlement:
    """Fold all that hangs together with some stored identifiers, and links not stored yet.

    `sightings` holds the identifiers that the new links carry; `wishes` say which customer is to
    keep or regain its number.
    """
    stored = await loading.reach(identifiers)
    outcome = await _numbered(refold(_closure(stored, new), wishes), stored)
    disowned = await _own(outcome, stored, new, sightings or {})
    moved = await _move(outcome, stored)
    ids = await _identifier_ids(stored, new)
    landed = [(link, outcome.places[link.digest], outcome.landings[link.digest]) for link in new]
    link_ids = await recording.insert_links(landed, ids)
    await _lose(outcome, stored, ids)
    await _absorb(outcome, stored, cause)
    mark(dict.fromkeys(disowned | moved, (facts.EVERYTHING,)))
    standing = {number for number, _ in outcome.settled}
    changed = frozenset((disowned | moved) & standing)
    return Settlement(link_ids, outcome.places, outcome.landings, changed)


def _closure(stored: Reach, new: Sequence[Link]) -> Closure:
    links = {
        digest: Link(digest, link.first_at, stored.members[digest])
        for digest, link in stored.links.items()
    }
    return Closure(
        members=[Member(digest, one.kind) for digest, one in stored.identifiers.items()],
        links=[*links.values(), *new],
        rulings=list(stored.rulings),
        places={digest: Place(link.customer, link.origin) for digest, link in stored.links.items()},
        gone=stored.gone,
    )


async def _numbered(settled: Sequence[Settled], stored: Reach) -> _Outcome:
    """Give every customer its number: kept, regained after a merge, or new."""
    alive = {link.customer for link in stored.links.values()}
    regained = {one.customer for one in settled if one.customer is not None} - alive
    if regained:
        await customers.revive(regained)
        await recording.note_parted(regained)
    created = iter(await customers.create(sum(one.customer is None for one in settled)))
    numbered = [(next(created) if one.customer is None else one.customer, one) for one in settled]
    return _Outcome(
        settled=numbered,
        owners={digest: number for number, one in numbered for digest in one.identifiers},
        places={digest: number for number, one in numbered for digest in one.landings},
        landings={digest: lost for _, one in numbered for digest, lost in one.landings.items()},
    )


async def _own(
    outcome: _Outcome, stored: Reach, new: Sequence[Link], sightings: Mapping[bytes, Sighting]
) -> set[int]:
    """Give identifiers to their customers. Returns the customers that won or lost any."""
    carried = {member.digest for link in new for member in link.members}
    fresh = {one: sightings[one] for one in carried if one not in stored.identifiers}
    await recording.insert_identifiers(fresh, outcome.owners)
    changed = {
        digest: one
        for digest, one in stored.identifiers.items()
        if one.customer != outcome.owners.get(digest)
    }
    await recording.own({one.id: outcome.owners.get(digest) for digest, one in changed.items()})
    touched = [outcome.owners.get(digest) for digest in (*fresh, *changed)]
    touched += [one.customer for one in changed.values()]
    return {customer for customer in touched if customer is not None}


async def _identifier_ids(stored: Reach, new: Sequence[Link]) -> dict[bytes, int]:
    ids = {digest: one.id for digest, one in stored.identifiers.items()}
    carried = {member.digest for link in new for member in link.members} - ids.keys()
    return ids | {d: one.id for d, one in (await loading.identifiers_by_digest(carried)).items()}


async def _move(outcome: _Outcome, stored: Reach) -> set[int]:
    """Let links, and all that came by them, follow. Returns the customers that won or lost any."""
    moves = [
        LinkMove(link.id, link.customer, outcome.places[digest])
        for digest, link in stored.links.items()
        if link.customer != outcome.places[digest]
    ]
    await recording.move_links({move.link_id: move.to_customer_id for move in moves})
    await customers.reassign(moves)
    return {customer for move in moves for customer in (move.from_customer_id, move.to_customer_id)}


async def _lose(outcome: _Outcome, stored: Reach, ids: Mapping[bytes, int]) -> None:
    lost = {
        digest: frozenset(refusal.digest for refusal in landing)
        for digest, landing in outcome.landings.items()
        if digest in stored.links
    }
    await recording.set_lost(
        {
            stored.links[digest].id: [ids[one] for one in members]
            for digest, members in lost.items()
            if members != stored.lost[digest]
        }
    )


async def _absorb(outcome: _Outcome, stored: Reach, cause: Cause) -> None:
    owned: dict[int, list[int]] = {}
    for one in stored.identifiers.values():
        if one.customer is not None:
            owned.setdefault(one.customer, []).append(one.id)
    merges = [
        Merge(
            survivor=number,
            absorbed=absorbed,
            survivor_side=owned.get(number, ()),
            absorbed_side=owned.get(absorbed, ()),
            reason=cause.reason,
            actor_name=cause.actor_name,
            decision=cause.decision,
        )
        for number, settled in outcome.settled
        for absorbed in sorted(settled.absorbed)
    ]
    await customers.absorb({merge.absorbed: merge.survivor for merge in merges})
    await recording.note_merges(merges)
