"""Beginning experiments, where there are people enough and where there are not."""

from typing import Any

from tests.support.clock import SettableClock
from tests.support.experiments import a_drafted_experiment, people
from tests.support.operations import FIELD_BY_FIELD, ask
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

START = """mutation ($id: ID!, $reason: String) {
  experimentStart(input: {id: $id, reason: $reason}) {
    experiment { state } userErrors { code message field }
  }
}"""
BEGUN = """query ($id: ID!) { experiment(id: $id) { state startReason verdictSentence
  plan { peoplePerArm peoplePresent } } }"""


async def drafted(**wish: Any) -> str:
    """The id of an experiment that has not begun."""
    return global_id("Experiment", await a_drafted_experiment(**wish))


async def begun(experiment: str) -> dict[str, Any]:
    """How it stands, read in both ways."""
    found: dict[str, Any] = (await ask(BEGUN, id=experiment))["experiment"]
    assert (await ask(BEGUN, id=experiment, engine=FIELD_BY_FIELD))["experiment"] == found
    return found


async def start(experiment: str, reason: str | None = None) -> dict[str, Any]:
    """The answer to beginning it."""
    answer: dict[str, Any] = (await ask(START, id=experiment, reason=reason))["experimentStart"]
    return answer


async def test_too_few_people_begin_only_with_a_reason(db: Settings, clock: SettableClock) -> None:
    await people(1_800)
    experiment = await drafted(target=0.006, baseline=0.03)
    for none in (None, " "):
        refused = await start(experiment, none)
        assert refused["userErrors"] == [
            {
                "code": "SAMPLE_TOO_SMALL",
                "message": (
                    "You need 26,643 people an arm; you have 900. A reason begins it all the same."
                ),
                "field": ["input", "reason"],
            }
        ]
    (told,) = (await start(experiment, "x" * 1_001))["userErrors"]
    assert (told["code"], told["field"]) == ("REASON_INVALID", ["input", "reason"])
    plan = {"peoplePerArm": 26_643, "peoplePresent": 900}
    assert await begun(experiment) == {
        "state": "DRAFT",
        "startReason": None,
        "verdictSentence": "It has not begun. You need 26,643 people an arm; you have 900.",
        "plan": plan,
    }
    done = await start(experiment, "The fair brings them")
    assert done == {"experiment": {"state": "RUNNING"}, "userErrors": []}
    assert await begun(experiment) == {
        "state": "RUNNING",
        "startReason": "The fair brings them",
        "verdictSentence": "Too early to say: 0 of 26,643 people an arm were seen.",
        "plan": plan,
    }


async def test_half_of_the_people_are_enough_to_begin(db: Settings, clock: SettableClock) -> None:
    experiment = await drafted()
    needed = (await begun(experiment))["plan"]["peoplePerArm"]
    half = -(-needed // 2)
    await people(2 * half - 1)
    refused = await start(experiment)
    assert [error["code"] for error in refused["userErrors"]] == ["SAMPLE_TOO_SMALL"]
    await people(1)
    done = await start(experiment)
    assert done == {"experiment": {"state": "RUNNING"}, "userErrors": []}
    assert (await begun(experiment))["plan"] == {"peoplePerArm": needed, "peoplePresent": half}
