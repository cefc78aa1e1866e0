"""What Prometheus may ask of this process.

Requests are counted in plain numbers, as only the thread of the event loop counts them: the
library's own counters lock, and look the place up, each time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

_KNOWN = ("/graphql", "/v1", "/l", "/o", "/s", "/live", "/ready", "/metrics")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BOUNDS = [*[str(float(bound)) for bound in _BUCKETS], "+Inf"]


class _Area:
    """How long the requests of one area took."""

    __slots__ = ("numbers", "seconds")

    def __init__(self) -> None:
        self.numbers = [0] * len(_BOUNDS)
        self.seconds = 0.0


class _Requests(Collector):
    """The requests that this process answered."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, int], int] = {}
        self.areas = {area: _Area() for area in (*_KNOWN, "/")}

    def collect(self) -> Iterator[Metric]:
        labels = ("area", "method", "status")
        counter = CounterMetricFamily(
            "touchline_http_requests", "HTTP requests answered.", labels=labels
        )
        for (area, method, status), count in list(self.counts.items()):
            counter.add_metric([area, method, str(status)], count)
        yield counter
        text = "Time from a request's first byte to its answer's last."
        seconds = HistogramMetricFamily("touchline_http_request_seconds", text, labels=("area",))
        for name, took in self.areas.items():
            reached = zip(_BOUNDS, accumulate(took.numbers), strict=True)
            seconds.add_metric([name], list(reached), took.seconds)
        yield seconds


_requests = _Requests()
REGISTRY.register(_requests)


@lru_cache(maxsize=256)
def _area(path: str) -> str:
    return next((known for known in _KNOWN if path == known or path.startswith(known + "/")), "/")


def observe_request(method: str, path: str, status: int, seconds: float) -> None:
    """Count one request. Unknown paths and methods are one area, so that none can be invented."""
    name = _area(path)
    place = (name, method if method in _METHODS else "other", status)
    _requests.counts[place] = _requests.counts.get(place, 0) + 1
    area = _requests.areas[name]
    area.numbers[bisect_left(_BUCKETS, seconds)] += 1
    area.seconds += seconds


def exposition() -> tuple[bytes, str]:
    """All measurements of the process, and their media type."""
    return generate_latest(), CONTENT_TYPE_LATEST
