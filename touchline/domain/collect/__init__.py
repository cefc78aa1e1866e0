"""Taking calls from outside: reading them, judging each event, landing what is good for ever."""
