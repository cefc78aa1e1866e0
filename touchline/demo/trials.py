"""What visitors are shown in trials, and what they do then.

The arms differ in the made-up people themselves: of those who see one arm a greater part does what
was hoped for than of those who see another. ``RATES`` says which part; who does is drawn.
"""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from touchline.demo import forms, mail, web
from touchline.demo.calendar import midnight, working_day
from touchline.demo.content import ARTICLES, PAGES, Asset
from touchline.demo.diary import Call, Diary
from touchline.demo.people import Person
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment


@dataclass(frozen=True)
class Trial:
    """When something was tried out: from an hour of a working day on, for so many days.

    ``rates`` are those of the arms, the control first; ``share`` is which part of the people that
    it is meant for meets it.
    """

    first_day: int
    days: int
    share: float
    rates: tuple[float, ...]
    hour: int = 16

    def begins(self, end: date) -> Moment:
        """When people are first shown one of the arms."""
        return working_day(end, self.first_day) + self.hour * HOUR


POP_UP: Final = Trial(first_day=9, days=28, share=0.27, rates=(0.15, 0.03))
CALCULATOR: Final = Trial(first_day=42, days=27, share=0.34, rates=(0.12, 0.28))
SUBJECTS: Final = Trial(first_day=56, days=180, share=0.36, rates=(0.11, 0.16))

SHOWN: Final = "Experiment Viewed"
POP_UP_NAME: Final = "Newsletter pop-up"
POP_UP_ARMS: Final = ("Line below the text", "Pop-up")
WINTER: Final = "winter-check"
WINTER_SUBJECTS: Final = (
    "Is your building ready for the winter?",
    "Three things to check before the frost",
)
_SETBACK: Final = next(one for one in ARTICLES if one.slug == "night-setback-savings")
_MAILED_FOR: Final = 10
"""Days in which the first of those mails went out."""


def trials(seed: int, person: Person, end: date, told: list[Call]) -> list[Call]:
    """What a person did in the trials of the year before ``end``; ``told`` is the rest of it."""
    dice = Random(f"{seed}/trials/{person.number}")
    diary = Diary(seed, person, dice, midnight(end), chapter="trial")
    if diary.chance(POP_UP.share):
        _read_with_pop_up(diary, _some_hour(diary, POP_UP, end))
    if diary.chance(CALCULATOR.share):
        _ask_for_quote(diary, _some_hour(diary, CALCULATOR, end))
    if any(call.source == mail.SOURCE for call in told) and diary.chance(SUBJECTS.share):
        _get_winter_mail(diary, SUBJECTS.begins(end) + dice.randrange(DAY, _MAILED_FOR * DAY))
    return diary.calls


def _ask_for_quote(diary: Diary, moment: Moment) -> None:
    """Half of those who want a quote see an empty form, and half a calculator of sensors."""
    arm, device = diary.dice.randrange(2), diary.person.devices[0]
    page: Asset = PAGES[arm]
    web.land(diary, moment, device, web.arrival(diary), page)
    if diary.chance(CALCULATOR.rates[arm]):
        asked = diary.later(moment, MINUTE, 9 * MINUTE)
        forms.submit(diary, asked, device, "quote", page)


def _read_with_pop_up(diary: Diary, moment: Moment) -> None:
    """Half of the readers are asked for their address by a line, half by a pop-up."""
    arm, device = diary.dice.randrange(2), diary.person.devices[0]
    shown = {
        "experiment_id": "newsletter-pop-up",
        "experiment_name": POP_UP_NAME,
        "variation_id": str(arm),
        "variation_name": POP_UP_ARMS[arm],
    }
    web.act(diary, moment, device, SHOWN, shown)
    if diary.chance(POP_UP.rates[arm]):
        forms.submit(diary, diary.later(moment, MINUTE, 5 * MINUTE), device, "newsletter")


def _get_winter_mail(diary: Diary, moment: Moment) -> None:
    """A mail with one of two subjects; some click."""
    arm = diary.dice.randrange(2)
    clicks = diary.chance(SUBJECTS.rates[arm])
    mail.write(diary, moment, WINTER, WINTER_SUBJECTS[arm], _SETBACK, clicks=clicks)


def _some_hour(diary: Diary, trial: Trial, end: date) -> Moment:
    """A moment of daylight while the trial ran, not too near to its ends."""
    begins = trial.begins(end)
    return diary.office_hour(begins + diary.dice.randrange(DAY, (trial.days - 1) * DAY)) + SECOND
