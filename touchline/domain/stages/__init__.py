"""The stages of the customer's journey: which one each customer is in, since when and why."""
