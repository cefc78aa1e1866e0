"""The demo's year: the same for everybody who asks for it, and as messy as a real one."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from touchline.demo.calendar import last_sunday
from touchline.demo.companies import companies
from touchline.demo.diary import Call
from touchline.demo.people import people
from touchline.demo.world import SEED, SOURCES, calls
from touchline.domain.kernel.clock import DAY, parse_moment

END = date(2026, 11, 1)
FEW = 150


@pytest.fixture(scope="module")
def year() -> list[Call]:
    return list(calls(SEED, FEW, END))


def written(told: list[Call]) -> list[str]:
    return [json.dumps([call.source, call.sent_at, call.body, call.skew]) for call in told]


def test_the_same_seed_gives_the_same_calls_to_the_last_byte(year: list[Call]) -> None:
    assert written(list(calls(SEED, FEW, END))) == written(year)


def test_another_seed_gives_another_year(year: list[Call]) -> None:
    other = {str(call.body["messageId"]) for call in calls(SEED + 1, FEW, END)}
    assert other.isdisjoint(str(call.body["messageId"]) for call in year)


def test_a_larger_year_holds_the_smaller_one(year: list[Call]) -> None:
    smaller = written(list(calls(SEED, 40, END)))
    assert set(smaller) <= set(written(year))


def test_calls_are_told_in_the_order_in_which_they_are_sent(year: list[Call]) -> None:
    assert [call.sent_at for call in year] == sorted(call.sent_at for call in year)


def test_every_call_comes_from_a_known_source_and_every_source_speaks(year: list[Call]) -> None:
    assert {call.source for call in year} == set(SOURCES)


def test_nothing_but_the_clock_that_runs_ahead_is_later_than_the_end(year: list[Call]) -> None:
    end = parse_moment(f"{END}T00:00:00Z")
    late = [
        call.body["messageId"]
        for call in year
        if (told := call.body.get("timestamp") or call.body.get("originalTimestamp"))
        and parse_moment(str(told)) - call.skew >= end
    ]
    assert late == [f"stray-{SEED}-ahead"]


def test_the_year_ends_where_it_is_told_to() -> None:
    latest = max(call.sent_at for call in calls(SEED, 20, date(2021, 6, 1)))
    assert latest < parse_moment("2021-06-10T00:00:00Z")


def test_a_year_that_ends_weeks_later_is_the_same_year_moved() -> None:
    for weeks in (1, 3, 30):
        later = calls(SEED, 60, END + timedelta(weeks=weeks))
        for one, other in zip(calls(SEED, 60, END), later, strict=True):
            assert other.sent_at - one.sent_at == 7 * weeks * DAY
            assert (other.source, other.skew, other.repeat) == (one.source, one.skew, one.repeat)
            assert other.body["messageId"] == one.body["messageId"]


def test_without_an_end_a_year_ends_on_the_last_sunday() -> None:
    sunday = date(2026, 11, 22)
    assert [last_sunday(sunday + timedelta(days=days)) for days in range(8)] == [
        *[sunday] * 7,
        date(2026, 11, 29),
    ]


def test_some_calls_are_sent_twice_with_the_same_message_id(year: list[Call]) -> None:
    times = Counter(str(call.body["messageId"]) for call in year)
    repeated = [call for call in year if call.repeat]
    assert 0 < len(repeated) < len(year) / 30
    assert {times[str(call.body["messageId"])] for call in repeated} == {2}
    assert max(times.values()) == 2


def test_some_calls_arrive_after_calls_that_happened_later(year: list[Call]) -> None:
    happened = [
        parse_moment(str(call.body["timestamp"])) for call in year if "timestamp" in call.body
    ]
    assert happened != sorted(happened)


def test_a_wrong_clock_is_wrong_by_its_skew() -> None:
    skewed = [call for call in calls(SEED, 400, END) if call.skew and not call.repeat]
    assert skewed
    for call in skewed:
        happened = parse_moment(str(call.body["originalTimestamp"])) - call.skew
        assert 0 <= call.sent_at - happened < 6 * 86_400_000


def test_some_calls_name_nobody_and_some_are_no_calls(year: list[Call]) -> None:
    strays = [call for call in year if str(call.body["messageId"]).startswith("stray-")]
    nobodies = {call.body["userId"] for call in strays if isinstance(call.body.get("userId"), str)}
    assert {"null", "[object Object]", "undefined"} <= nobodies
    assert "purchase" in {call.body["type"] for call in strays}


def test_no_two_people_share_an_address_or_a_phone() -> None:
    met = list(people(SEED, 2_500, companies(SEED)))
    addresses = [person.email for person in met]
    phones = [person.phone for person in met if person.phone]
    assert len(set(addresses)) == len(addresses)
    assert len(set(phones)) == len(phones)


def test_people_have_several_devices_and_some_share_one() -> None:
    met = list(people(SEED, 500, companies(SEED)))
    owners = Counter(device.anonymous_id for person in met for device in person.devices)
    assert max(len(person.devices) for person in met) >= 3
    assert max(owners.values()) == 2


def test_addresses_are_plain_letters_whatever_the_name() -> None:
    for person in people(SEED, 500, companies(SEED)):
        assert person.email.isascii()
        assert " " not in person.email


def test_there_are_three_hundred_companies_with_domains_of_their_own() -> None:
    known = companies(SEED)
    assert len(known) == 300
    assert len({company.domain for company in known}) == 300
    assert all(company.domain.endswith(".example") for company in known)
