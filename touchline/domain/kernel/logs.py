"""How a process writes its log: to standard error, a line an event, for people or for machines."""

import logging
import sys
from typing import Any

import orjson
import structlog

from touchline.settings import Settings


def configure_logs(settings: Settings) -> None:
    """Set the log up once, when a process starts. Local variables are never part of a trace."""
    renderer: Any
    if settings.log_format == "json":
        renderer = structlog.processors.JSONRenderer(serializer=_json)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if settings.log_format == "json" else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level.upper()]
        ),
        logger_factory=_StandardError,
        cache_logger_on_first_use=True,
    )


class _StandardError:
    """Looks the stream up for every line, as it may be replaced; a log line is written whole."""

    def __init__(self, *_: object) -> None:
        pass

    def msg(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    debug = info = warning = error = critical = exception = msg


def _json(event: dict[str, Any], **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
