"""Having scorecards fitted by a process of its own."""

from touchline.domain.learning.question import Answer, CannotFit, Question
from touchline.workers.apart import NoAnswer, answered_apart

_MODULE = "touchline.workers.fitting"


async def fit_apart(question: Question) -> Answer:
    """Ask the process; when the caller is cancelled it ends too."""
    try:
        return await answered_apart(_MODULE, question, Answer)
    except NoAnswer as error:
        raise CannotFit(f"The scorecard could not be fitted: {error}") from None
