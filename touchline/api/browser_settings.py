"""What the browser library asks for before it sends anything: where to send, and how."""

from typing import Any

from starlette.requests import Request

_EVERYTHING = {"__default": {"enabled": True, "integrations": {}}}


def browser_settings(request: Request, write_key: str) -> dict[str, Any]:
    """Settings that make the library send all events to this server, and nothing elsewhere."""
    return {
        "integrations": {
            "Segment.io": {
                "apiKey": write_key,
                "apiHost": f"{request.url.netloc}/v1",
                "protocol": request.url.scheme,
                "unbundledIntegrations": [],
                "addBundledMetadata": True,
                "maybeBundledConfigIds": {},
                "versionSettings": {"version": "4.4.7", "componentTypes": ["browser"]},
            }
        },
        "plan": {"track": _EVERYTHING, "identify": _EVERYTHING, "group": _EVERYTHING},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }
