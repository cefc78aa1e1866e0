"""What a user agent tells of the device."""

import orjson

from touchline.domain.timeline.device import describe

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
)


def test_a_browser_tells_its_name_system_and_device():
    assert orjson.loads(describe(IPHONE) or "") == {
        "browser": "Mobile Safari",
        "browserVersion": "17",
        "os": "iOS",
        "osVersion": "17",
        "device": "iPhone",
        "brand": "Apple",
        "model": "iPhone",
    }


def test_an_empty_user_agent_tells_nothing():
    assert describe("") is None
