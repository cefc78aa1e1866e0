"""The diary of one person: every call that speaks of them, with the moment it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random

from touchline.demo.people import Person
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment, format_moment

Body = Mapping[str, object]


@dataclass(frozen=True)
class Call:
    """A call as one source sends it.

    ``sent_at`` orders the calls. ``skew`` is by how many milliseconds the sender's clock is wrong:
    the body's ``originalTimestamp`` is wrong by as much, and ``sentAt`` must be too. ``repeat`` is
    true when the very same call has been sent before.
    """

    source: str
    sent_at: Moment
    body: Body
    skew: Moment = 0
    repeat: bool = False


@dataclass
class Diary:
    """Collects the calls of one person; all chance in them comes from ``dice``.

    Diaries of the same person differ in their ``chapter``, and so do the ids of their messages.
    """

    seed: int
    person: Person
    dice: Random
    end: Moment
    chapter: str = ""
    calls: list[Call] = field(default_factory=list)
    is_registered: bool = False
    has_left_email: bool = False

    def add(
        self,
        source: str,
        moment: Moment,
        body: Body,
        *,
        late: Moment = 0,
        skew: Moment = 0,
    ) -> None:
        """Note one call at a moment; it is sent ``late`` afterwards. Nothing is after the end."""
        if moment >= self.end:
            return
        written: dict[str, object] = {**body, "messageId": self._message_id()}
        if skew:
            written["originalTimestamp"] = format_moment(moment + skew)
        else:
            written["timestamp"] = format_moment(moment)
        self.calls.append(Call(source, moment + self._delay() + late, written, skew))

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.dice.random() < probability

    def later(self, moment: Moment, low: Moment, high: Moment) -> Moment:
        """A moment between ``low`` and ``high`` milliseconds after another."""
        return moment + self.dice.randrange(low, high)

    def office_hour(self, moment: Moment) -> Moment:
        """The same day at some time of work in Europe; people are not on the site by night."""
        return moment - moment % DAY + self.dice.randrange(7 * HOUR, 17 * HOUR)

    def _delay(self) -> Moment:
        """Most calls leave within seconds; a phone without a signal keeps them for days."""
        if self.chance(0.015):
            return self.dice.randrange(HOUR, 4 * DAY)
        return self.dice.randrange(SECOND // 10, MINUTE // 2)

    def _message_id(self) -> str:
        place = f"{self.seed}/{self.person.number}/{self.chapter}{len(self.calls)}"
        return blake2b(place.encode(), digest_size=16).hexdigest()
