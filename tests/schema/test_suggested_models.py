"""A scoring model is learned from conversions, and says why its rules give what they give."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive
from tests.support.learning import market, told
from tests.support.operations import FIELD_BY_FIELD, ask
from tests.support.waiting import until
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings
from touchline.workers.embedded import working

SUGGEST = """mutation ($input: ScoringModelSuggestInput!) { scoringModelSuggest(input: $input) {
  suggestion { id task { kind status progress } scoringModel { id } fit { auc } rules { name } }
  userErrors { code message field } } }"""
FOUND = """query ($id: ID!) { node(id: $id) { ... on ScoringSuggestion {
  name event condition { summary } lookback ahead folds
  task { status progress error }
  scoringModel { name status conversion bands { name minimum }
    rules { name points dimension condition { summary definition } } }
  fit { customers conversions unheard auc aucSpread aucs }
  rules { name summary points weightOfEvidence share customers conversions explanation } } } }"""
LISTED = "{ scoringSuggestions { name event fit { customers } } }"
WISH: dict[str, Any] = {"name": "Learned", "conversion": {"event": "Bought"}}


async def suggested(settings: Settings, **wish: Any) -> dict[str, Any]:
    """What a suggestion is when workers are done with it."""
    async with working(settings):
        answer = (await ask(SUGGEST, input=WISH | wish))["scoringModelSuggest"]
        assert answer["userErrors"] == []
        key = answer["suggestion"]["id"]

        async def done() -> bool:
            return (await ask(FOUND, id=key))["node"]["task"]["status"] not in ("QUEUED", "RUNNING")

        await until(done)
    found: dict[str, Any] = (await ask(FOUND, id=key))["node"]
    assert (await ask(FOUND, id=key, engine=FIELD_BY_FIELD))["node"] == found
    return found


async def test_a_scorecard_is_learned_and_becomes_a_draft(
    db: Settings, clock: SettableClock
) -> None:
    await market(db)
    found = await suggested(db)
    assert found["task"] == {"status": "DONE", "progress": 1.0, "error": None}
    assert (found["event"], found["condition"], found["lookback"]) == ("Bought", None, "P90D")
    assert (found["ahead"], found["folds"]) == ("P1D", 5)
    assert found["fit"] == {
        "customers": 120,
        "conversions": 40,
        "unheard": 0,
        "auc": pytest.approx(0.728125),
        "aucSpread": pytest.approx(0.12405895775799505),
        "aucs": pytest.approx([0.546875, 0.90625, 0.65625, 0.71875, 0.8125]),
    }
    assert found["rules"] == [
        {
            "name": "Priced",
            "summary": "did “Priced” in the last 90 days",
            "points": 30.0,
            "weightOfEvidence": 1.078179,
            "share": pytest.approx(50 / 120),
            "customers": 50,
            "conversions": 30,
            "explanation": (
                "41.7% of the customers looked at meet it, and 60.0% of them converted, where 33.3%"
                " of all did: a weight of evidence of +1.08, which speaks for a conversion. Next to"
                " customers who show nothing of it, and with all other rules in account, it gives"
                " 30 points."
            ),
        }
    ]
    priced = {"did": {"event": "Priced", "within": "P90D"}}
    assert found["scoringModel"] == {
        "name": "Learned",
        "status": "DRAFT",
        "conversion": "Bought",
        "bands": [{"name": "Warm", "minimum": 30.0}],
        "rules": [
            {
                "name": "Priced",
                "points": 30.0,
                "dimension": "engagement",
                "condition": {
                    "summary": "did “Priced” in the last 90 days",
                    "definition": priced,
                },
            }
        ],
    }


async def test_a_wish_is_taken_at_once_and_listed(db: Settings, clock: SettableClock) -> None:
    await market(db)
    answer = (await ask(SUGGEST, input=WISH))["scoringModelSuggest"]
    assert answer["userErrors"] == []
    shown = answer["suggestion"]
    assert shown["task"] == {"kind": "suggest_scores", "status": "QUEUED", "progress": 0.0}
    assert (shown["scoringModel"], shown["fit"], shown["rules"]) == (None, None, [])
    assert (await ask(LISTED))["scoringSuggestions"] == [
        {"name": "Learned", "event": "Bought", "fit": None}
    ]


DID = {"condition": {"did": {"event": "Bought"}}}
REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    (
        {"conversion": {"event": "Sold"}},
        "EVENT_UNKNOWN",
        "conversion.event",
        "Nobody ever did Sold.",
    ),
    ({"conversion": {"event": ""}}, "CONVERSION_INVALID", "conversion.event", "Name the event"),
    ({"conversion": {"event": "Rare"}}, "CONVERSIONS_TOO_FEW", "conversion", "29 customers"),
    ({"conversion": {"event": "First"}}, "CONVERSIONS_TOO_FEW", "conversion", "Of 31 more nothing"),
    ({"conversion": {"event": "Usual"}}, "OTHERS_TOO_FEW", "conversion", "20 customers did not"),
    ({"conversion": {"condition": {"all": []}}}, "CONDITION_EMPTY", "conversion.condition.all", ""),
    ({"conversion": DID, "ahead": "PT0S"}, "AHEAD_INVALID", "ahead", "some time ahead"),
    ({"conversion": DID, "ahead": "P1D"}, "CONVERSIONS_TOO_FEW", "conversion", "0 customers"),
    ({"folds": 1}, "FOLDS_INVALID", "folds", "2 to 10"),
    ({"folds": 11}, "FOLDS_INVALID", "folds", "2 to 10"),
    ({"lookback": "PT1S"}, "LOOKBACK_INVALID", "lookback", "an hour"),
    ({"ahead": "P3651D"}, "AHEAD_INVALID", "ahead", "ten years"),
    ({"name": " "}, "NAME_INVALID", "name", "characters"),
]


async def test_a_wish_that_cannot_be_met_is_refused(db: Settings, clock: SettableClock) -> None:
    await market(db)
    calls = [told(f"u{n}", "Rare", 5 * DAY) for n in range(29)]
    calls += [told(f"u{n}", "Usual", 5 * DAY) for n in range(100)]
    calls += [told(f"new{n}", "First", 5 * DAY) for n in range(31)]
    calls += [told(f"new{n}", "Usual", DAY * 4) for n in range(31)]
    await arrive(db, *calls)
    for wish, code, path, part in REFUSED:
        answer = (await ask(SUGGEST, input=WISH | wish))["scoringModelSuggest"]
        (error,) = answer["userErrors"]
        assert (error["code"], error["field"]) == (code, ["input", *path.split(".")])
        assert part in error["message"]
        assert answer["suggestion"] is None
    assert await fetch("SELECT id FROM scoring_suggestion") == []
    assert await fetch("SELECT id FROM task") == []
