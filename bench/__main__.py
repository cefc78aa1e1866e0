"""``python -m bench PART``: figures, not tests. Each part has its own options: ``PART --help``."""

import argparse
import json
import sys

from bench.backlog import command as backlog
from bench.experiments import command as experiments
from bench.figures import table
from bench.ingest import command as ingest
from bench.judgement import command as judgement
from bench.page import command as page
from bench.queries import command as queries

PARTS = {
    "ingest": ingest,
    "queries": queries,
    "judgement": judgement,
    "experiments": experiments,
    "backlog": backlog,
    "page": page,
}


def main() -> int:
    """Run one part and print its figures."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parts = parser.add_subparsers(required=True, metavar="PART")
    for name, part in PARTS.items():
        sub = parts.add_parser(name, help=part.__doc__, description=part.__doc__)
        sub.add_argument("--json", action="store_true", help="print the figures as JSON")
        part.add_arguments(sub)
        sub.set_defaults(run=part.run, show=vars(part).get("show", table))
    asked = parser.parse_args()
    figures = asked.run(asked)
    print(json.dumps([each.as_json() for each in figures]) if asked.json else asked.show(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
