"""Named places where a test may kill the process; outside tests they do nothing."""

from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def crashpoint(name: str) -> None:
    """A place at which dying must lose nothing."""
    if _hook is not None:
        _hook(name)


def use_crash_hook(hook: Callable[[str], None] | None) -> None:
    """Install what is called at every crash point; ``None`` removes it."""
    global _hook
    _hook = hook
