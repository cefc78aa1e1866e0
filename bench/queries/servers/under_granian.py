"""The application of the product for a server that makes it itself."""

import gc

from starlette.types import ASGIApp

from touchline.api.app import create_app
from touchline.cli.serve import GC_THRESHOLDS
from touchline.settings import load_settings


def made() -> ASGIApp:
    """The same that ``touchline serve`` serves, with the same garbage collector."""
    app = create_app(load_settings(), with_worker=True, access_log=False)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    return app
