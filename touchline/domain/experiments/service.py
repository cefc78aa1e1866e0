"""Commands on experiments that are written down: beginning and ending them, and who sees what."""

from touchline.domain.customers.queries import present_id
from touchline.domain.experiments import refreshing
from touchline.domain.experiments.drafting import people_for
from touchline.domain.experiments.errors import ExperimentErrorCode as Code
from touchline.domain.experiments.planning import share_of
from touchline.domain.experiments.queries import ExperimentState, find
from touchline.domain.experiments.rights import require_trier
from touchline.domain.experiments.wording import plan_sentence, seen_sentence
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import digest
from touchline.domain.kernel.rows import for_update

LONGEST_REASON = 1_000


@transactional
async def start_experiment(actor: Actor, experiment_id: int, *, reason: str | None = None) -> None:
    """Begin: people are seen from now on, for as long as was decided.

    Refused where there are fewer than half of the people that the plan needs, unless a reason is
    given, which the experiment keeps.
    """
    row = await _held(actor, experiment_id, ExperimentState.DRAFT, "It has begun already.")
    said = _checked_reason(reason)
    weights = await _weights(experiment_id)
    needed = share_of(row["planned"], weights)
    present = await people_for(row["segment_id"])
    here = present * min(weights) // sum(weights)
    if said is None and here * 2 < needed:
        message = f"{plan_sentence(needed, here)} A reason begins it all the same."
        raise Refused(Code.SAMPLE_TOO_SMALL, message, ("reason",))
    moment = now()
    ends = moment + row["duration"]
    await execute(
        "UPDATE experiment SET state = ?, started_at = ?, ends_at = ?, start_reason = ?,"
        " present = ?, verdict_sentence = ? WHERE id = ?",
        (
            *(ExperimentState.RUNNING, moment, ends, said, present),
            *(seen_sentence(0, needed), experiment_id),
        ),
    )
    await refreshing.ask_for(experiment_id, ends)


async def stop_experiment(actor: Actor, experiment_id: int) -> None:
    """End it before its time: its numbers are frozen as they are now."""
    await _stop(actor, experiment_id)
    await refreshing.refresh(experiment_id)


async def refresh_experiment(actor: Actor, experiment_id: int) -> None:
    """Work out what it has shown by now, without waiting for the worker."""
    row = await fetch_one("SELECT item_id FROM experiment WHERE id = ?", (experiment_id,))
    require_trier(actor, None if row is None else row["item_id"])
    if row is None:
        raise _unknown()
    await refreshing.refresh(experiment_id)


async def assigned_arm(experiment_id: int, customer_id: int) -> int | None:
    """The arm that a customer is to be shown, by a hash: the same whenever one asks.

    Who was merged is shown what the customer is shown that they became. ``None`` where there is no
    such experiment or customer, or it has ended.
    """
    experiment = await find(experiment_id)
    customer = await present_id(customer_id)
    if experiment is None or customer is None or experiment.state is ExperimentState.ENDED:
        return None
    weights = experiment.design.weights
    drawn = int.from_bytes(digest("experiment", str(experiment_id), str(customer)))
    place = drawn % sum(weights)
    for arm, weight in zip(experiment.arms, weights, strict=True):
        place -= weight
        if place < 0:
            return arm.id
    return None


@transactional
async def _stop(actor: Actor, experiment_id: int) -> None:
    await _held(actor, experiment_id, ExperimentState.RUNNING, "It is not under way.")
    moment = now()
    await execute(
        "UPDATE experiment SET ends_at = ? WHERE id = ? AND ends_at > ?",
        (moment, experiment_id, moment),
    )
    await refreshing.ask_for(experiment_id, moment)


async def _held(actor: Actor, experiment_id: int, state: ExperimentState, otherwise: str) -> Row:
    row = await fetch_one(
        "SELECT state, duration, item_id, planned, segment_id FROM experiment"
        f" WHERE id = ?{for_update()}",
        (experiment_id,),
    )
    require_trier(actor, None if row is None else row["item_id"])
    if row is None:
        raise _unknown()
    if row["state"] != state:
        raise Refused(Code.STATE_INVALID, otherwise, ("id",))
    return row


async def _weights(experiment_id: int) -> list[int]:
    text = "SELECT weight FROM experiment_arm WHERE experiment_id = ? ORDER BY place"
    return [row["weight"] for row in await fetch(text, (experiment_id,))]


def _checked_reason(reason: str | None) -> str | None:
    kept = (reason or "").strip()
    if len(kept) > LONGEST_REASON or "\x00" in kept:
        message = f"A reason has at most {LONGEST_REASON:,} characters."
        raise Refused(Code.REASON_INVALID, message, ("reason",))
    return kept or None


def _unknown() -> Refused:
    return Refused(Code.EXPERIMENT_NOT_FOUND, "There is no such experiment.", ("id",))
