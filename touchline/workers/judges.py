"""Who judges customers when facts about them change, or their time has come.

What a judge changes may be a fact to others: that makes the customer stale again and is found in
the next round, so the order here decides nothing.
"""

from functools import partial

from touchline.domain.attribution import judging as attribution
from touchline.domain.conditions import building as conditions
from touchline.domain.conversions import judging as conversions
from touchline.domain.experiments import refreshing as experiments
from touchline.domain.performance import converting, readers
from touchline.domain.scoring import judging as scoring
from touchline.domain.segments import judging as segments
from touchline.domain.stages import judging as stages
from touchline.domain.staleness.draining import Judge, drain
from touchline.domain.tags import judging as tags
from touchline.domain.vocabulary.leaves import LEAVES as LEAVES

JUDGES: tuple[Judge, ...] = (
    conditions.judge,
    tags.judge,
    stages.judge,
    scoring.judge,
    segments.judge,
    conversions.judge,
    attribution.judge,
    readers.judge,
    converting.judge,
    experiments.notice,
)

judge_stale = partial(drain, JUDGES)
"""Judge the customers that have waited longest; returns how much was done, 0 when none wait."""
