"""The command line. Each file holds one command or one group of commands.

Such a file has ``register(app)``, which adds its commands, and is named in ``commands.COMMANDS``.
"""

from touchline.cli.app import main

__all__ = ["main"]
