"""A process of the product that dies by its own hand at one of its crash points.

``python -m tests.e2e.mortal SEED CHANCE serve …`` is ``touchline serve …``, but at each crash
point it sends itself SIGKILL with that chance, drawn from the seed. ``at:NAME`` in the place of the
chance has it die at the point of that name, and nowhere else.
"""

import os
import random
import signal
import sys

from touchline.cli import main
from touchline.domain.kernel.crash import use_crash_hook


def run(seed: str, chance: str, *arguments: str) -> None:
    """Arm the crash points, then be the product."""
    fate, point = random.Random(seed), chance.removeprefix("at:")

    def perhaps_die(name: str) -> None:
        if name == point or (point == chance and fate.random() < float(chance)):
            os.kill(os.getpid(), signal.SIGKILL)

    use_crash_hook(perhaps_die)
    main(list(arguments))


if __name__ == "__main__":
    run(*sys.argv[1:])
