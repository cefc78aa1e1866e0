"""Having forecasts made by a process of its own."""

from touchline.domain.forecasts.question import Answer, CannotForecast, Question
from touchline.workers.apart import NoAnswer, answered_apart

_MODULE = "touchline.workers.forecasting"


async def forecast_apart(question: Question) -> Answer:
    """Ask the process; when the caller is cancelled it ends too."""
    try:
        return await answered_apart(_MODULE, question, Answer)
    except NoAnswer as error:
        raise CannotForecast(f"The models could not be fitted: {error}") from None
