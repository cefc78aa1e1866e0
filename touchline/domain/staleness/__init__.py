"""Which customers have to be judged anew, because of new facts or because of time."""
