"""Commands of identity: placing touchpoints, and what people decide about customers."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.identity import deciding, loading, previewing, recording
from touchline.domain.identity.deciding import Side
from touchline.domain.identity.digests import Identifier, identifier_digest
from touchline.domain.identity.errors import IdentityCode
from touchline.domain.identity.normalising import UnusableIdentifier, normalise, normalise_kind
from touchline.domain.identity.previewing import Conflict, Look
from touchline.domain.identity.resolving import Observation, Placement, Resolution, place
from touchline.domain.identity.rulings import DecisionKind
from touchline.domain.identity.settling import Cause
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.types import TouchpointType

__all__ = ["Observation", "Placement", "Resolution", "resolve"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The customer that two became; `merge_id` is what takes it back (None in a rehearsal)."""

    customer: Look
    conflicts: tuple[Conflict, ...]
    merge_id: int | None


async def resolve(observations: Sequence[Observation]) -> Resolution:
    """Find or make the customer of each observation.

    Runs in the transaction of the pipeline, which appends the touchpoints afterwards. Whatever
    the order and the batches in which touchpoints arrive, the customers end the same. Customers
    that turn out to be one are merged, and those a late touchpoint parts are parted again, with
    all that came by their links.
    """
    return await place(observations)


async def merge(
    actor: Actor,
    *,
    survivor_id: int,
    absorbed_id: int,
    reason: str | None = None,
    dry_run: bool = False,
) -> Merged:
    """Say that two customers are one. It outranks limits and unique kinds, and earlier decisions.

    The survivor keeps its id and tells of the merge on its timeline. `conflicts` are what would
    have kept the rules from it. A rehearsal (`dry_run`) changes nothing.
    """
    actor.require(Scope.WRITE)
    deciding.check_reason(reason)

    async def act() -> Merged:
        await loading.hold_identity()
        survivor, absorbed = await deciding.two_present(
            (survivor_id, "survivorId"), (absorbed_id, "absorbedId")
        )
        conflicts = await previewing.conflicts(survivor, absorbed)
        customer, merge_id = await _merge(actor, survivor, absorbed, reason)
        return Merged(customer, conflicts, None if dry_run else merge_id)

    return await previewing.carried_out(act, keep=not dry_run)


async def unmerge(
    actor: Actor, *, merge_id: int, reason: str | None = None, dry_run: bool = False
) -> tuple[Look, ...]:
    """Take a merge back: both customers are what they would be had they never met.

    A merge by decision leaves no trace on the timeline. Where links join the two as well (always
    so after a merge by a rule) a decision keeps them apart from now on, and both timelines tell
    so. Returns the customers that the two sides belong to now, the survivor first.
    """
    actor.require(Scope.WRITE)
    deciding.check_reason(reason)

    async def act() -> tuple[Look, ...]:
        await loading.hold_identity()
        return await _unmerge(actor, merge_id, reason)

    return await previewing.carried_out(act, keep=not dry_run)


async def split(
    actor: Actor,
    *,
    customer_id: int,
    identifiers: Sequence[Identifier],
    reason: str | None = None,
    dry_run: bool = False,
) -> tuple[Look, ...]:
    """Say that some identifiers of a customer are somebody else, and each side is one person.

    The customer keeps its id and the other identifiers. A touchpoint that carries identifiers of
    both sides goes with the strongest of them; identifiers left without any touchpoint belong to
    nobody until one comes. Returns the customers after the split, the old one first.
    """
    actor.require(Scope.WRITE)
    deciding.check_reason(reason)

    async def act() -> tuple[Look, ...]:
        await loading.hold_identity()
        customer = await deciding.present(customer_id, "customerId")
        return await _split(actor, customer, identifiers, reason)

    return await previewing.carried_out(act, keep=not dry_run)


@transactional
async def forbid(
    actor: Actor, *, customer_id: int, other_id: int, reason: str | None = None
) -> None:
    """Say that two customers are different people: no rule will join what they are known by."""
    actor.require(Scope.WRITE)
    deciding.check_reason(reason)
    await loading.hold_identity()
    pair = await deciding.two_present((customer_id, "customerId"), (other_id, "otherId"))
    sides = await deciding.side_of(pair[0]), await deciding.side_of(pair[1])
    await deciding.rule(actor, DecisionKind.FORBID, sides, reason)
    await deciding.carry_out(sides, Cause(reason))


@transactional
async def allow(actor: Actor, *, customer_id: int, other_id: int) -> tuple[int, ...]:
    """Lift what keeps two customers apart by decision; links may join them at once.

    Returns the customers that the two are now: one or two ids.
    """
    actor.require(Scope.WRITE)
    await loading.hold_identity()
    pair = await deciding.two_present((customer_id, "customerId"), (other_id, "otherId"))
    sides = await deciding.side_of(pair[0]), await deciding.side_of(pair[1])
    decisions = await deciding.parting_decisions(*sides)
    if not decisions:
        message = "No decision keeps these customers apart."
        raise Refused(IdentityCode.NOT_FORBIDDEN, message, ("otherId",))
    await recording.revoke_decisions(decisions)
    await deciding.carry_out(sides, Cause("Allowed to be one again", actor.name))
    return tuple(await deciding.owners_of(sides[0] | sides[1]))


async def _merge(
    actor: Actor, survivor: int, absorbed: int, reason: str | None
) -> tuple[Look, int | None]:
    sides = await deciding.side_of(survivor), await deciding.side_of(absorbed)
    name, known = await deciding.called(absorbed)
    decision = await deciding.rule(actor, DecisionKind.MERGE, sides, reason)
    cause = Cause(reason, actor.name, decision)
    await deciding.carry_out(sides, cause, [deciding.wish(survivor, sides[0])])
    (customer,) = await previewing.look([survivor])
    entry = await timeline.append_entry(
        actor,
        customer_id=survivor,
        type=TouchpointType.MERGED,
        name="Merged",
        summary=f"Merged with {name}",
        properties={"identifiers": known, "reason": reason},
    )
    return customer, await deciding.bind_entry(decision, entry)


async def _unmerge(actor: Actor, merge_id: int, reason: str | None) -> tuple[Look, ...]:
    merge = await deciding.merge_of(merge_id)
    sides = merge.survivor_side, merge.absorbed_side
    survivor = await deciding.present(merge.survivor, "mergeId")
    wishes = [deciding.wish(survivor, sides[0]), deciding.wish(merge.absorbed, sides[1])]
    if merge.entry is not None:
        await timeline.withdraw_entry(merge.entry)
    if merge.decision is not None:
        await recording.revoke_decisions([merge.decision])
        await deciding.carry_out(sides, Cause(reason), wishes)
    joined = await deciding.overlap(*sides)
    if joined:
        staying = merge.survivor_side | await deciding.joined_later(merge)
        parted = staying, merge.absorbed_side
        await deciding.rule(actor, DecisionKind.UNMERGE, parted, reason)
        await deciding.carry_out(parted, Cause(reason), wishes)
    await recording.note_undone(merge.id)
    looks = await previewing.look(await _owners(*sides))
    if joined:
        await _tell_parted(actor, looks, reason)
    return looks


async def _split(
    actor: Actor, customer: int, identifiers: Sequence[Identifier], reason: str | None
) -> tuple[Look, ...]:
    whole = await deciding.side_of(customer)
    leaving = _chosen(whole, identifiers)
    staying = {digest: one for digest, one in whole.items() if digest not in leaving}
    if not leaving or not staying:
        message = "Name some, but not all, of the customer's identifiers."
        raise Refused(IdentityCode.NOTHING_TO_SPLIT, message, ("identifiers",))
    await deciding.rule(actor, DecisionKind.SPLIT, (staying, leaving), reason)
    wishes = [deciding.wish(customer, staying)]
    await deciding.carry_out((staying, leaving), Cause(reason), wishes)
    looks = await previewing.look(await _owners(staying, leaving))
    await _tell_parted(actor, looks, reason)
    return looks


def _chosen(whole: Side, identifiers: Sequence[Identifier]) -> Side:
    chosen: Side = {}
    for index, (kind, value) in enumerate(identifiers):
        try:
            name = normalise_kind(kind)
            digest = identifier_digest(Identifier(name, normalise(name, value)))
        except UnusableIdentifier:
            digest = b""
        if digest not in whole:
            message = f"The customer is not known by {kind} {value!r}."
            path = ("identifiers", index)
            raise Refused(IdentityCode.IDENTIFIER_NOT_OF_CUSTOMER, message, path)
        chosen[digest] = whole[digest]
    return chosen


async def _owners(first: Side, then: Side) -> list[int]:
    """The customers of two sides, those of the first side first, each once."""
    return list(dict.fromkeys([*await deciding.owners_of(first), *await deciding.owners_of(then)]))


async def _tell_parted(actor: Actor, customers: Sequence[Look], reason: str | None) -> None:
    names = [(await deciding.called(one.customer_id))[0] for one in customers]
    for index, customer in enumerate(customers):
        others = ", ".join(names[:index] + names[index + 1 :])
        await timeline.append_entry(
            actor,
            customer_id=customer.customer_id,
            type=TouchpointType.SPLIT,
            name="Split",
            summary=f"Split from {others}" if others else "Parted from identifiers of others",
            properties={"reason": reason},
        )
