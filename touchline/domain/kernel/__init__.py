"""What every capability stands on: database, time, ids, errors, actors, jobs."""
