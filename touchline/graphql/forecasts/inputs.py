"""What wishes for forecasts are given."""

import strawberry

from touchline.graphql.base.scalars import Duration


@strawberry.input(description="A wish for a forecast of what each customer will bring in.")
class LifetimeForecastCreateInput:
    """What `lifetimeForecastCreate` is given."""

    currency: str = strawberry.field(
        description="The currency of the purchases to learn from, such as `EUR`."
    )
    horizon: Duration | None = strawberry.field(
        default=None, description="For how long; by default 52 weeks."
    )
