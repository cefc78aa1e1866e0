"""The leaves that capabilities contribute to conditions, all of them.

Contributing happens on import. Every process that reads, judges or compares conditions imports this
module, so that none meets a leaf of which nobody has told it.
"""

from touchline.domain.scoring.leaf import SCORE_LEAF
from touchline.domain.segments.definitions import SEGMENT_LEAF
from touchline.domain.stages.leaf import STAGE_LEAF
from touchline.domain.tags.leaf import TAG_LEAF

LEAVES = (TAG_LEAF, SCORE_LEAF, STAGE_LEAF, SEGMENT_LEAF)
