"""Takes changed links into the stored customers, by the cheapest of the exact ways."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from touchline.domain.customers import service as customers
from touchline.domain.identity import loading, recording
from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Landing
from touchline.domain.identity.growing import (
    Change,
    Group,
    Growth,
    Standing,
    append,
    regrow,
    unite,
)
from touchline.domain.identity.loading import StoredIdentifier
from touchline.domain.identity.recording import Merge, Sighting
from touchline.domain.identity.settling import Cause, settle

Sightings = Mapping[bytes, Sighting]


@dataclass(slots=True)
class Integration:
    """What became of the changes.

    Ids of links that are new, the customer and the losses of each changed link; the heirs of
    absorbed customers; customers and identifiers that changed or are new.
    """

    link_ids: dict[bytes, int] = field(default_factory=dict)
    places: dict[bytes, int] = field(default_factory=dict)
    landings: dict[bytes, Landing] = field(default_factory=dict)
    heirs: dict[int, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    fresh: set[bytes] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Scene:
    """The stored rows that the changes touch."""

    sightings: Sightings
    changes: Mapping[bytes, Change]
    identifiers: Mapping[bytes, StoredIdentifier]
    standing: Standing


async def integrate(changes: Sequence[Change], sightings: Sightings) -> Integration:
    """Land changed links; `sightings` holds every identifier that a new link carries."""
    scene = await _scene(changes, sightings)
    growths, hindered = unite(scene.standing, changes)
    appended, hindered = await _append(hindered)
    regrown, leftover = await _regrow(hindered)
    integration = Integration()
    await _grow(scene, [*growths, *appended, *regrown], integration)
    if leftover:
        await _refold(leftover, sightings, integration)
    return integration


async def _scene(changes: Sequence[Change], sightings: Sightings) -> _Scene:
    touched = {member.digest for change in changes for member in change.link.members}
    identifiers = await loading.identifiers_by_digest(touched)
    owners = {one.customer for one in identifiers.values() if one.customer is not None}
    identifiers |= await loading.identifiers_of_customers(owners)
    rulings = await loading.rulings_over(one.id for one in identifiers.values())
    owned: dict[int, list[Member]] = {}
    for digest, one in identifiers.items():
        if one.customer is not None:
            owned.setdefault(one.customer, []).append(Member(digest, one.kind))
    by_digest = {change.link.digest: change for change in changes}
    return _Scene(sightings, by_digest, identifiers, Standing(owned, rulings))


async def _append(hindered: Sequence[Group]) -> tuple[list[Growth], list[Group]]:
    latest = await loading.latest_landed(_customers(hindered))
    growths: list[Growth] = []
    leftover = []
    for group in hindered:
        last = max((latest[one] for one in group.standing.customers), default=None)
        grown = append(group, last)
        if grown is None:
            leftover.append(group)
        else:
            growths += grown
    return growths, leftover


async def _regrow(hindered: Sequence[Group]) -> tuple[list[Growth], list[Group]]:
    landed = await loading.landed_links(_customers(hindered))
    growths: list[Growth] = []
    leftover = []
    for group in hindered:
        changed = {change.link.digest for change in group.changes}
        stands = [
            link
            for customer in group.standing.customers
            for link in landed.get(customer, ())
            if link.digest not in changed
        ]
        grown = regrow(group, stands)
        if grown is None:
            leftover.append(group)
        else:
            growths += grown
    return growths, leftover


def _customers(groups: Sequence[Group]) -> set[int]:
    return {customer for group in groups for customer in group.standing.customers}


async def _grow(scene: _Scene, growths: Sequence[Growth], integration: Integration) -> None:
    created = iter(await customers.create(sum(not growth.customers for growth in growths)))
    owners: dict[bytes, int] = {}
    landed: dict[bytes, tuple[int, Landing]] = {}
    merges: list[Merge] = []
    for growth in growths:
        number = min(growth.customers, default=None)
        if number is None:
            number = next(created)
        owners.update(dict.fromkeys(growth.joining, number))
        landed.update((digest, (number, lost)) for digest, lost in growth.landings.items())
        merges += _merges(scene, growth, number)
        if growth.joining or len(growth.customers) > 1:
            integration.changed.add(number)
    await _merge(merges, integration)
    await _store(scene, owners, landed, integration)


def _merges(scene: _Scene, growth: Growth, survivor: int) -> Iterable[Merge]:
    for absorbed in sorted(growth.customers - {survivor}):
        yield Merge(
            survivor,
            absorbed,
            _ids(scene, survivor),
            _ids(scene, absorbed),
            _why(scene, growth, absorbed),
        )


def _ids(scene: _Scene, customer: int) -> list[int]:
    return [scene.identifiers[member.digest].id for member in scene.standing.customers[customer]]


def _why(scene: _Scene, growth: Growth, absorbed: int) -> str:
    """The kinds of identifiers on the first link that reached over to the absorbed customer."""
    theirs = {member.digest for member in scene.standing.customers[absorbed]}
    links = [scene.changes[digest].link for digest in growth.landings]
    for link in sorted(links, key=lambda each: each.position):
        lost = {refusal.digest for refusal in growth.landings[link.digest]}
        brought = [member for member in link.members if member.digest not in lost]
        if any(member.digest in theirs for member in brought):
            return f"Seen together: {', '.join(dict.fromkeys(m.kind for m in brought))}"
    return "Seen together"


async def _merge(merges: Sequence[Merge], integration: Integration) -> None:
    if not merges:
        return
    heirs = {merge.absorbed: merge.survivor for merge in merges}
    integration.heirs.update(heirs)
    await recording.give_all(heirs)
    await customers.absorb(heirs)
    await recording.note_merges(merges)


async def _store(
    scene: _Scene,
    owners: Mapping[bytes, int],
    landed: Mapping[bytes, tuple[int, Landing]],
    integration: Integration,
) -> None:
    members = {m.digest for digest in landed for m in scene.changes[digest].link.members}
    fresh = {one: scene.sightings[one] for one in members if one not in scene.identifiers}
    ids = {digest: one.id for digest, one in scene.identifiers.items()}
    ids |= await recording.insert_identifiers(fresh, owners)
    integration.fresh |= fresh.keys()
    loose = {one: owner for one, owner in owners.items() if one not in fresh}
    await recording.own({ids[one]: owner for one, owner in loose.items()})
    new = [
        (scene.changes[digest].link, customer, landing)
        for digest, (customer, landing) in landed.items()
        if scene.changes[digest].lost is None
    ]
    integration.link_ids |= await recording.insert_links(new, ids)
    integration.places |= {digest: customer for digest, (customer, _) in landed.items()}
    integration.landings |= {link.digest: landing for link, _, landing in new}
    await _relax(scene, landed, ids)


async def _relax(
    scene: _Scene, landed: Mapping[bytes, tuple[int, Landing]], ids: Mapping[bytes, int]
) -> None:
    """A link that stood already and moved back in time may have lost fewer members than before."""
    relaxed = {}
    for digest, (_, landing) in landed.items():
        lost = frozenset(refusal.digest for refusal in landing)
        if scene.changes[digest].lost not in (None, lost):
            relaxed[digest] = [ids[one] for one in lost]
    if relaxed:
        stored = await loading.links_by_digest(relaxed)
        await recording.set_lost({stored[digest].id: lost for digest, lost in relaxed.items()})


async def _refold(groups: Sequence[Group], sightings: Sightings, integration: Integration) -> None:
    changes = [change for group in groups for change in group.changes]
    members = {member.digest for change in changes for member in change.link.members}
    known = await loading.identifiers_by_digest(members)
    new = [change.link for change in changes if change.lost is None]
    settlement = await settle(
        [one.id for one in known.values()],
        Cause("Seen together, as a late touchpoint showed"),
        new=new,
        sightings=sightings,
    )
    integration.link_ids |= settlement.link_ids
    integration.places |= settlement.places
    integration.landings |= {link.digest: settlement.landings[link.digest] for link in new}
    integration.changed |= settlement.changed
