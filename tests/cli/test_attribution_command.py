"""``touchline attribution`` shares the credit for what a file tells, exactly."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.cli import touchline
from touchline.domain.attribution.weights import AttributionModel

TOLD = """\
customer_id,time,channel,conversion,conversion_value
ann,2026-03-03T10:00:00Z,Search,1,10.00
ann,2026-03-01T10:00:00Z,Ads,0,0
ann,2026-03-02T10:00:00Z,Mail,0,0
ann,2026-03-05T10:00:00Z,Mail,1,0.01
ann,2026-03-06T10:00:00Z,Ads,0,0
bob,2026-03-01T10:00:00Z,Ads,0,0
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "touches.csv"
    path.write_text(TOLD)
    return path


def channels(found: dict[str, object], model: str, part: str = "conversions") -> dict[str, str]:
    models: dict[str, dict[str, list[dict[str, str]]]] = found["models"]  # type: ignore[assignment]
    return {line["channel"]: line[part] for line in models[model]["channels"]}


def test_whole_journeys_hold_all_that_customers_did(told: Path) -> None:
    found = touchline("attribution", told, "--json").json()

    assert found["journeys"] == {"kind": "WHOLE", "count": 2}
    assert (found["conversions"], found["value"]) == (2, "10.01")
    assert channels(found, "FIRST") == {
        "Ads": "2.000000",
        "Mail": "0.000000",
        "Search": "0.000000",
    }
    assert channels(found, "LINEAR") == {
        "Ads": "0.800000",
        "Mail": "0.800000",
        "Search": "0.400000",
    }


def test_split_journeys_reach_from_one_conversion_to_the_next(told: Path) -> None:
    found = touchline("attribution", told, "--journeys", "split", "--json").json()

    assert found["journeys"] == {"kind": "SPLIT", "count": 4}
    assert channels(found, "LAST") == {
        "Ads": "0.000000",
        "Mail": "1.000000",
        "Search": "1.000000",
    }
    assert channels(found, "LAST", "value") == {"Ads": "0.00", "Mail": "0.01", "Search": "10.00"}


@pytest.mark.parametrize("journeys", ["whole", "split"])
def test_every_model_credits_exactly_what_there_was(told: Path, journeys: str) -> None:
    found = touchline("attribution", told, "--journeys", journeys, "--json").json()

    assert set(found["models"]) == set(AttributionModel)
    for model, table in found["models"].items():
        assert sum(map(Decimal, channels(found, model).values())) == 2
        assert sum(map(Decimal, channels(found, model, "value").values())) == Decimal("10.01")
        assert table["total"] == {"conversions": "2.000000", "value": "10.01"}


def test_conversions_that_no_touch_led_to_stand_by_themselves(told: Path) -> None:
    extra = "eve,2026-03-01T10:00:00Z,Ads,1,5\neve,2026-03-09T10:00:00Z,Direct,1,7\n"
    told.write_text(TOLD + extra)
    arguments = ("--journeys", "split", "--transform", "remove_direct", "--days", "1", "--json")
    found = touchline("attribution", told, *arguments).json()

    assert found["conversions"] == 4
    assert found["uncredited"] == {"conversions": 0, "value": "0.00"}
    assert channels(found, "LAST_NON_DIRECT")["Direct"] == "1.000000"


def test_people_read_a_table_for_each_model(told: Path) -> None:
    said = touchline("attribution", told, "--currency", "usd").out.splitlines()

    assert said[:4] == [
        "journeys     2",
        "conversions  2",
        "value        10.01 USD",
        "uncredited   0",
    ]
    assert said[5].split() == ["FIRST", "CONVERSIONS", "USD"]
    assert said[9].split() == ["Together", "2.000000", "10.01"]


@pytest.mark.parametrize(
    "text, arguments, message",
    [
        ("", (), "There is no column customer_id; there are none."),
        ("customer_id,time,channel,conversion\n", (), "touches.csv holds no touches."),
        (TOLD, ("--channel", "medium"), "There is no column medium; there are customer_id, time,"),
        (TOLD, ("--value", "worth"), "There is no column worth; there are customer_id, time,"),
        (TOLD.replace("Mail", " "), (), "Row 4: channel is empty."),
        (TOLD.replace("ann,2026-03-02T10:00:00Z", "ann,soon"), (), "Row 4: time is no instant."),
        (TOLD.replace("Search,1", "Search,maybe"), (), "Row 2: conversion is neither 0 nor 1."),
        (TOLD.replace("10.00", "ten"), (), "Row 2: conversion_value is no amount."),
        (TOLD.replace("10.00", "-10.00"), (), "Row 2: conversion_value is below 0."),
        (TOLD.replace("bob,2026", ",2026"), (), "Row 7: customer_id is empty."),
        (TOLD + "zoe\n", (), "Row 8: channel is empty."),
        (TOLD, ("--currency", "EURO"), "'EURO' is no currency of ISO 4217, such as EUR."),
        (
            "customer_id,time,channel,conversion\n"
            + "".join(f"a,2026-03-01,c{one},1\n" for one in range(201)),
            (),
            "touches.csv names 201 channels; 200 are the most.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_row_and_column(
    told: Path, text: str, arguments: tuple[str, ...], message: str
) -> None:
    told.write_text(text)
    outcome = touchline("attribution", told, *arguments)

    assert (outcome.code, outcome.out) == (1, "")
    assert message in " ".join(outcome.err.split())


def test_a_file_that_is_no_text_is_refused(told: Path) -> None:
    told.write_bytes(b"customer_id,time\xff\n")
    assert touchline("attribution", told).code == 1
    assert touchline("attribution", told.with_name("missing.csv")).code == 1
