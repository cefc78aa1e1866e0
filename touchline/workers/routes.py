"""What follows from what: the whole of it on one page."""

from collections.abc import Mapping

from touchline.domain.attribution.effects import FIT, SHARE
from touchline.domain.backlog.events import BACKLOG_CHANGED
from touchline.domain.backlog.measuring import MEASURE, MEASURE_TRIED
from touchline.domain.channels.events import CHANNEL_RULES_APPLIED
from touchline.domain.channels.ruling import APPLY_RULES
from touchline.domain.collect.forgetting import forget_old
from touchline.domain.content.publishing import PUBLISH_SCHEDULED
from touchline.domain.conversions.applying import APPLY
from touchline.domain.conversions.events import CONVERSIONS_CHANGED, GOAL_APPLIED
from touchline.domain.digest.delivering import DELIVER
from touchline.domain.experiments.events import EXPERIMENT_ENDED
from touchline.domain.experiments.refreshing import REFRESH
from touchline.domain.forecasts.service import FORECAST
from touchline.domain.kernel.clock import HOUR, MINUTE
from touchline.domain.kernel.idempotency import forget_old_keys
from touchline.domain.learning.service import SUGGEST
from touchline.domain.scoring.ending import FORGET
from touchline.domain.scoring.events import SCORES_CHANGED
from touchline.domain.scoring.primary import MAKE_PRIMARY
from touchline.domain.scoring.service import RECOMPUTE
from touchline.domain.scoring.sorting import FORGET_LIST
from touchline.domain.segments.events import SEGMENT_MEMBERS_CHANGED
from touchline.domain.segments.working_out import BUILD
from touchline.domain.stages.events import STAGES_CHANGED
from touchline.domain.stages.replacing import PLACE
from touchline.domain.tags.bulk import TAG_CUSTOMERS
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.publishing import PUBLISH
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.settings import Settings
from touchline.workers.job_runner import JobFunction
from touchline.workers.jobs import (
    attribution,
    backlog,
    channels,
    content,
    conversions,
    experiments,
    forecasts,
    housekeeping,
    learning,
    performance,
    scoring,
    segments,
    stages,
    tags,
)
from touchline.workers.jobs.digest import DigestJobs
from touchline.workers.schedule import Every, recurring

TIDY_DATABASE = "tidy_database"
FORGET_KEYS = "forget_keys"
FORGET_REJECTIONS = "forget_rejections"
KEEP_SCORES = "keep_scores"
END_EXPERIMENTS = "end_experiments"
MEASURE_ITEMS = "measure_items"
PUBLISH_DIGEST = "publish_digest"
SUM_BY_CHANNEL = "sum_content_by_channel"

# Topic of the outbox → kinds of jobs that are queued with the payload of the event.
ROUTES: Mapping[str, tuple[str, ...]] = {
    CHANNEL_RULES_APPLIED: (SHARE, SUM_BY_CHANNEL),
    GOAL_APPLIED: (FIT,),
    EXPERIMENT_ENDED: (MEASURE_TRIED,),
}

# Topic of the outbox → live channels that get the payload of the event.
LIVE: Mapping[str, tuple[str, ...]] = {
    TOUCHPOINTS_ADDED: (TOUCHPOINTS_ADDED,),
    TAGS_CHANGED: (TAGS_CHANGED,),
    SCORES_CHANGED: (SCORES_CHANGED,),
    CONVERSIONS_CHANGED: (CONVERSIONS_CHANGED,),
    STAGES_CHANGED: (STAGES_CHANGED,),
    SEGMENT_MEMBERS_CHANGED: (SEGMENT_MEMBERS_CHANGED,),
    BACKLOG_CHANGED: (BACKLOG_CHANGED,),
}

# Kind of job → how often it comes round by itself.
SCHEDULE: Mapping[str, Every] = {
    TIDY_DATABASE: Every(6 * HOUR, TIDY_DATABASE),
    FORGET_KEYS: Every(24 * HOUR, FORGET_KEYS),
    FORGET_REJECTIONS: Every(HOUR, FORGET_REJECTIONS),
    KEEP_SCORES: Every(HOUR, KEEP_SCORES),
    END_EXPERIMENTS: Every(HOUR, END_EXPERIMENTS),
    MEASURE_ITEMS: Every(HOUR, MEASURE_ITEMS),
    PUBLISH_DIGEST: Every(15 * MINUTE, PUBLISH_DIGEST),
    FIT: Every(HOUR, FIT),
}

# Kind of job → the function that does it.
JOBS: Mapping[str, JobFunction] = {
    TIDY_DATABASE: recurring(housekeeping.tidy_database, SCHEDULE[TIDY_DATABASE]),
    FORGET_KEYS: recurring(forget_old_keys, SCHEDULE[FORGET_KEYS]),
    KEEP_SCORES: recurring(scoring.keep_scores, SCHEDULE[KEEP_SCORES]),
    END_EXPERIMENTS: recurring(experiments.end_experiments, SCHEDULE[END_EXPERIMENTS]),
    REFRESH: experiments.refresh_experiment,
    MEASURE_ITEMS: recurring(backlog.measure_items, SCHEDULE[MEASURE_ITEMS]),
    MEASURE: backlog.measure_item,
    MEASURE_TRIED: backlog.measure_tried_item,
    FIT: recurring(attribution.fit_attribution, SCHEDULE[FIT]),
    SHARE: attribution.share_anew,
    TAG_CUSTOMERS: tags.tag_customers,
    PUBLISH: tags.publish_tag_rule,
    BUILD: segments.build_segment,
    PLACE: stages.place_customers,
    RECOMPUTE: scoring.recompute_scores,
    FORGET: scoring.forget_scores,
    FORGET_LIST: scoring.forget_customer_list,
    MAKE_PRIMARY: scoring.make_primary_scores,
    SUGGEST: learning.suggest_scores,
    FORECAST: forecasts.forecast_lifetime_values,
    PUBLISH_SCHEDULED: content.publish_scheduled,
    APPLY_RULES: channels.apply_rules,
    APPLY: conversions.apply_conversion_goal,
    SUM_BY_CHANNEL: performance.sum_by_channel,
}


def jobs_of(settings: Settings) -> Mapping[str, JobFunction]:
    """The same with those that a deployment has settings for."""

    async def forget_rejections() -> None:
        await forget_old(settings.quarantine_days)

    digest = DigestJobs(settings)
    return {
        **JOBS,
        PUBLISH_DIGEST: recurring(digest.publish, SCHEDULE[PUBLISH_DIGEST]),
        DELIVER: digest.deliver,
        FORGET_REJECTIONS: recurring(forget_rejections, SCHEDULE[FORGET_REJECTIONS]),
    }
