"""Telling what may pass by itself from what will fail again."""

import sqlite3

import asyncpg
from tortoise.exceptions import OperationalError

_TRANSIENT = (
    OSError,
    sqlite3.OperationalError,
    OperationalError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)


def is_transient(error: BaseException) -> bool:
    """Whether the same work may well succeed later: the database was busy, gone or shutting."""
    return isinstance(error, _TRANSIENT)


def is_undone(error: BaseException) -> bool:
    """Whether a transaction that raised this has certainly changed nothing.

    Of one whose connection was lost at its commit nobody knows.
    """
    return isinstance(error, asyncpg.TransactionRollbackError) or not is_transient(error)
