"""Addresses with a campaign in them."""

import pytest

from touchline.domain.kernel.errors import Refused
from touchline.domain.links.building import Utm, checked_host, checked_utm, with_utm
from touchline.domain.links.clicks import is_robot
from touchline.domain.links.errors import LinkErrorCode as Code


def test_names_are_spelt_in_one_way() -> None:
    given = Utm(" LinkedIn ", "Paid  Social", "Frühjahr 2026", "", None)
    assert checked_utm(given) == Utm("linkedin", "paid-social", "frühjahr-2026")


@pytest.mark.parametrize(
    "utm, code, field",
    [
        (Utm(medium="cpc"), Code.UTM_INCOMPLETE, "source"),
        (Utm("a", campaign="x"), Code.UTM_INCOMPLETE, "medium"),
        (Utm("a&b", "c"), Code.UTM_INVALID, "source"),
        (Utm("a", "c/d"), Code.UTM_INVALID, "medium"),
        (Utm("a", "c", "-x"), Code.UTM_INVALID, "campaign"),
        (Utm("a", "c", term="x" * 101), Code.UTM_INVALID, "term"),
        (Utm("a", "c", content="<script>"), Code.UTM_INVALID, "content"),
    ],
)
def test_names_that_reports_would_trip_over_are_refused(utm: Utm, code: Code, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_utm(utm)
    assert (refusal.value.code, refusal.value.path) == (code, ("utm", field))


def test_the_campaign_takes_the_place_of_the_one_that_stood_there() -> None:
    given = "https://a.example/b?x=1&UTM_Source=old&y=#part"
    assert with_utm(given, Utm("new", "e-mail")) == (
        "https://a.example/b?x=1&y=&utm_source=new&utm_medium=e-mail#part"
    )
    assert with_utm(given, Utm()) == given


@pytest.mark.parametrize("query", ["q=%E9&flag&x=a%20b", "q=a+b&&=1&y=%2f%2F;z", "utm_term=x&a=é"])
def test_the_rest_of_the_query_stays_as_it_is_written(query: str) -> None:
    given = f"https://a.example/b%20c?{query}"
    assert with_utm(f"{given}#p?q", Utm("new", "e-mail")) == (
        f"{given}&utm_source=new&utm_medium=e-mail#p?q"
    )


@pytest.mark.parametrize("host", ["", "a b", "https://a.example", "a.example:80", "a..b", "-a.b"])
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_host(host)
    assert refusal.value.code is Code.HOST_INVALID


def test_robots_are_told_from_people() -> None:
    people = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.49",
    )
    robots = (
        *("", None, "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://x)"),
        *("facebookexternalhit/1.1", "WhatsApp/2.23", "Slackbot-LinkExpanding 1.0"),
    )
    assert [agent for agent in people if is_robot(agent)] == []
    assert [agent for agent in robots if not is_robot(agent)] == []
