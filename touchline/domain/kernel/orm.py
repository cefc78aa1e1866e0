"""What the ORM is told of the database: engine, credentials, tables and migrations."""

import pkgutil
from importlib import import_module
from typing import Any

from tortoise.backends.base.config_generator import expand_db_url

import touchline.domain
from touchline.settings import Settings

APP = "touchline"
MIGRATIONS = "touchline.domain.migrations"


def orm_config(settings: Settings) -> dict[str, Any]:
    """What the ORM is told: engine, credentials, and every ``models`` module of the domain."""
    if settings.database_url is None:
        connection: dict[str, Any] = {
            "engine": "touchline.domain.kernel.sqlite",
            "credentials": {
                "file_path": str(settings.database_file),
                "readers": settings.sqlite_readers,
            },
        }
    else:
        connection = expand_db_url(settings.database_url)
        connection["engine"] = "touchline.domain.kernel.postgres"
        connection["credentials"] |= {"minsize": 1, "maxsize": settings.database_pool}
    return {"connections": {"default": connection}, "apps": app_config()}


def app_config() -> dict[str, dict[str, Any]]:
    """The one ORM application: its models and where its migrations live."""
    return {
        APP: {
            "models": model_modules(),
            "default_connection": "default",
            "migrations": MIGRATIONS,
        }
    }


def model_modules() -> list[str]:
    """Every ``touchline.domain.<capability>.models`` there is."""
    found = pkgutil.walk_packages(touchline.domain.__path__, "touchline.domain.")
    return sorted(module.name for module in found if module.name.endswith(".models"))


def migration_names() -> list[str]:
    """Every migration there is; none of them is loaded for it."""
    return [module.name for module in pkgutil.iter_modules(import_module(MIGRATIONS).__path__)]
