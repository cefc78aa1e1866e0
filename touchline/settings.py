"""Everything a deployment may set, read once, typed and frozen.

Each setting is the environment variable ``TOUCHLINE_<NAME>`` (or a line of ``.env``).
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE_FILE = "touchline.db"
LARGEST_ANSWER = 64_000_000
"""Bytes that a database makes for an answer at most; larger ones cannot be allowed."""


class SettingsError(Exception):
    """A setting is missing or has a value that cannot be used; the text names the variable."""


class Settings(BaseSettings):
    """The settings of one process. Sizes are bytes, durations carry their unit in the name."""

    model_config = SettingsConfigDict(
        env_prefix="TOUCHLINE_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(default=Path("var"), description="Folder of the embedded database.")
    database_url: str | None = Field(
        default=None,
        pattern=r"^postgres(ql)?://.+",
        description="PostgreSQL in place of the embedded SQLite.",
    )
    replica_url: str | None = Field(
        default=None,
        pattern=r"^postgres(ql)?://.+",
        description="A read replica of the PostgreSQL database; queries of GraphQL read from it.",
    )
    database_pool: int = Field(
        default=10,
        ge=2,
        le=200,
        description="PostgreSQL connections; a server has as many again for queries.",
    )
    sqlite_readers: int = Field(default=3, ge=1, le=32, description="SQLite reader connections.")
    redis_url: str | None = Field(
        default=None,
        pattern=r"^(redis|rediss|unix)://.+",
        description="Redis as doorbell and live channel; without it, both stay in the process.",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the server listens on.")
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^\s/?#]+/?$",
        description="Address at which people reach this server, for tracked links.",
    )
    consent: Literal["required", "assumed"] = Field(
        default="required",
        description="Whether visitors of web sites are told of only after they consented.",
    )
    cookie_domain: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
        description="Domain whose hosts share what a visitor is known by; without it, none do.",
    )
    public_demo: bool = Field(
        default=False, description="Let anyone introspect and read without a key."
    )
    web_origins: str = Field(
        default="",
        pattern=r"^(\*|(https?://[^\s,/]+(, *https?://[^\s,/]+)*)?)$",
        description="Origins of web apps that may call GraphQL, with commas between; `*` for any.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe log line that is written."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="Log lines for people or for machines."
    )

    max_event_bytes: int = Field(default=32_768, ge=1_024, description="Largest single event.")
    max_batch_bytes: int = Field(default=512_000, ge=1_024, description="Largest batch body.")
    max_batch_events: int = Field(default=2_500, ge=1, description="Most events in a batch.")
    landing_limit: int = Field(
        default=1_000_000,
        ge=1,
        description="Landed events above which collecting answers 429.",
    )
    quarantine_limit: int = Field(
        default=100_000,
        ge=1,
        description="Rejected events of one source above which no more of it are kept.",
    )
    quarantine_days: int = Field(
        default=90,
        ge=1,
        description="How long rejected events and warnings are kept.",
    )
    group_commit_ms: int = Field(
        default=4,
        ge=0,
        le=1_000,
        description="How long a landing commit waits for company.",
    )
    pipeline_batch: int = Field(
        default=1_000, ge=1, le=5_000, description="Events identified in one transaction."
    )
    phone_region: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{2}$",
        description="Country of telephone numbers written without one.",
    )

    digest_at: str = Field(
        default="MON 07:00",
        pattern=r"^(MON|TUE|WED|THU|FRI|SAT|SUN) ([01]\d|2[0-3]):[0-5]\d$",
        description="When the weekly update is sent, in UTC.",
    )
    smtp_url: str | None = Field(
        default=None,
        pattern=r"^smtps?://[^\s/]+/?$",
        description="Mail server, such as `smtp://user:password@mail.example.com:587`.",
    )
    mail_from: str = Field(
        default="touchline@localhost",
        pattern=r"^[^\s@<>]+@[^\s@<>]+$",
        description="Address from which mail is sent.",
    )
    private_webhooks: bool = Field(
        default=False,
        description="Let webhooks lead into the own network, and over plain http.",
    )

    request_timeout_ms: int = Field(
        default=10_000, ge=100, description="Longest a GraphQL operation may take."
    )
    statement_timeout_ms: int = Field(
        default=5_000,
        ge=50,
        description="Longest that one statement of a query may take in the database.",
    )
    cost_bucket: int = Field(
        default=10_000, ge=1_000, description="GraphQL cost that a key may spend at once."
    )
    cost_restore_rate: int = Field(
        default=500, ge=1, description="GraphQL cost that a key regains in a second."
    )
    max_response_bytes: int = Field(
        default=16_000_000, ge=10_000, le=LARGEST_ANSWER, description="Largest GraphQL answer."
    )

    @model_validator(mode="after")
    def _replica_of_something(self) -> Self:
        if self.replica_url is not None and self.database_url is None:
            raise ValueError("TOUCHLINE_REPLICA_URL needs TOUCHLINE_DATABASE_URL")
        return self

    @property
    def embedded(self) -> bool:
        """Whether this process owns an SQLite file instead of using a PostgreSQL server."""
        return self.database_url is None

    @property
    def database_file(self) -> Path:
        """The SQLite file of the embedded mode."""
        return self.data_dir / DATABASE_FILE


def load_settings(**overrides: object) -> Settings:
    """Read the settings; keyword arguments that are not ``None`` win over the environment.

    Raises ``SettingsError`` naming each variable that cannot be used.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [_said(fault["loc"], fault["msg"]) for fault in error.errors()]
        raise SettingsError("; ".join(lines)) from None


def _said(place: tuple[int | str, ...], message: str) -> str:
    if not place:  # of several settings together
        return message.removeprefix("Value error, ")
    return f"TOUCHLINE_{'_'.join(map(str, place)).upper()}: {message}"
