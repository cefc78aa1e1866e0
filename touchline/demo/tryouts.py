"""The experiments of the demo: what people of an arm are known by, and what is hoped for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from touchline.demo import trials
from touchline.demo.content import PAGES
from touchline.demo.trials import Trial
from touchline.domain.conditions.tree import Comparison, Did, Operator, Where
from touchline.domain.content.queries import find_published
from touchline.domain.experiments.drafting import NewArm, NewExperiment, create_experiment
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY


async def _pop_up() -> NewExperiment:
    return NewExperiment(
        name="Pop-up in articles",
        hypothesis="Who is asked by a pop-up leaves an address more often.",
        deed=_did("Form Submitted", formId="frm-newsletter"),
        target=0.1,
        baseline=0.15,
        arms=[
            NewArm(
                arm,
                deed=_did(trials.SHOWN, experiment_name=trials.POP_UP_NAME, variation_name=arm),
            )
            for arm in trials.POP_UP_ARMS
        ],
        duration=trials.POP_UP.days * DAY,
    )


async def _calculator() -> NewExperiment:
    names = ("Empty form", "Calculator")
    return NewExperiment(
        name="Calculator on the quote page",
        hypothesis="Who learns how many sensors are needed asks for a quote more often.",
        deed=_did("Form Submitted", formId="frm-quote"),
        target=0.1,
        baseline=0.12,
        arms=[
            NewArm(name, asset_id=await find_published(page.slug))
            for name, page in zip(names, PAGES, strict=True)
        ],
        duration=trials.CALCULATOR.days * DAY,
    )


async def _subjects() -> NewExperiment:
    names = ("A question", "A number")
    return NewExperiment(
        name="Subject of the winter mail",
        hypothesis="A subject that promises three things is clicked more than a question.",
        deed=_did("Email Link Clicked", campaignName=trials.WINTER),
        target=0.05,
        baseline=0.11,
        arms=[
            NewArm(name, deed=_did("Email Delivered", emailSubject=subject))
            for name, subject in zip(names, trials.WINTER_SUBJECTS, strict=True)
        ],
        duration=trials.SUBJECTS.days * DAY,
    )


TRIALS: Final[Mapping[str, tuple[Trial, Callable[[], Awaitable[NewExperiment]]]]] = {
    "pop-up": (trials.POP_UP, _pop_up),
    "calculator": (trials.CALCULATOR, _calculator),
    "subjects": (trials.SUBJECTS, _subjects),
}


async def draft(actor: Actor, name: str, item_id: int, segment_id: int | None) -> int:
    """Write down the experiment by which an item is tried out; returns its id."""
    _, make = TRIALS[name]
    return await create_experiment(
        actor, replace(await make(), item_id=item_id, segment_id=segment_id)
    )


def _did(event: str, **properties: str) -> Did:
    """A deed with properties of these values."""
    where = [Where(name, Comparison(Operator.EQUALS, value)) for name, value in properties.items()]
    return Did(event, where=tuple(where))
