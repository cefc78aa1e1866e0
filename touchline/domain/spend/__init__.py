"""What was spent on channels and campaigns, day by day, and what is to be spent."""
