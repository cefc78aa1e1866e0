"""What Prometheus may ask of this process."""

from functools import cache, lru_cache

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

_KNOWN = ("/graphql", "/v1", "/l", "/o", "/s", "/live", "/ready", "/metrics")

_REQUESTS = Counter(
    "touchline_http_requests", "HTTP requests answered.", ("area", "method", "status")
)
_SECONDS = Histogram(
    "touchline_http_request_seconds",
    "Time from a request's first byte to its answer's last.",
    ("area",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_timers = {area: _SECONDS.labels(area) for area in (*_KNOWN, "/")}
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@lru_cache(maxsize=256)
def _area(path: str) -> str:
    return next((known for known in _KNOWN if path == known or path.startswith(known + "/")), "/")


@cache
def _counter(area: str, method: str, status: int) -> Counter:
    return _REQUESTS.labels(area, method, str(status))


def observe_request(method: str, path: str, status: int, seconds: float) -> None:
    """Count one request. Unknown paths and methods are one area, so that none can be invented."""
    area = _area(path)
    _counter(area, method if method in _METHODS else "other", status).inc()
    _timers[area].observe(seconds)


def exposition() -> tuple[bytes, str]:
    """All measurements of the process, and their media type."""
    return generate_latest(), CONTENT_TYPE_LATEST
