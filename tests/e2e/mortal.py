"""A process of the product that dies by its own hand at one of its crash points.

``python -m tests.e2e.mortal SEED CHANCE serve …`` is ``touchline serve …``, but at each crash
point it sends itself SIGKILL with that chance, drawn from the seed.
"""

import os
import random
import signal
import sys

from touchline.cli import main
from touchline.domain.kernel.crash import use_crash_hook


def run(seed: str, chance: str, *arguments: str) -> None:
    """Arm the crash points, then be the product."""
    fate = random.Random(seed)

    def perhaps_die(_name: str) -> None:
        if fate.random() < float(chance):
            os.kill(os.getpid(), signal.SIGKILL)

    use_crash_hook(perhaps_die)
    main(list(arguments))


if __name__ == "__main__":
    run(*sys.argv[1:])
