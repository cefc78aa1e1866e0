"""What a run is kept as: every sample, and what is needed to read it."""

import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.figures import Figure
from bench.queries.measuring import Course, Results
from bench.queries.workload import Workload
from bench.queries.world import World


def saved(
    size: World,
    course: Course,
    workloads: Sequence[Workload],
    results: Results,
    memory: Sequence[Figure],
) -> dict[str, Any]:
    """A run as JSON."""
    titles = {workload.key: workload.title for workload in workloads}
    return {
        "size": asdict(size),
        "course": asdict(course),
        "python": platform.python_version(),
        "measured": [
            {
                "workload": workload,
                "title": titles[workload],
                "database": mode,
                "contender": name,
                "rate": [round(each.rate, 2) for each in samples],
                "p50": [round(each.p50, 3) for each in samples],
                "p99": [round(each.p99, 3) for each in samples],
                "serverMs": [round(each.server_ms or 0, 4) for each in samples],
                "databaseMs": [round(each.database_ms or 0, 4) for each in samples],
            }
            for (workload, mode, name), samples in results.samples.items()
        ],
        "memory": [figure.as_json() for figure in memory],
    }
