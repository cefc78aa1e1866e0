"""``python -m touchline.cli`` is the same as ``touchline``."""

from touchline.cli.app import main

main()
