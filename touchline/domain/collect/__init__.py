"""Taking calls from outside: reading them, judging each event, landing what is good for ever.

    Bytes to events     unpacking               gzip and deflate, within a bound
                        reading, scrutiny       JSON read fast, or exactly where that fails
                        cutting, splitting      the events of a batch, sound or not
    Events to verdicts  intake                  a request comes in here
                        judging, calls          is it one of the six calls?
                        identification, blocked does it say whose it is?
                        timestamps              which times are taken
    Verdicts to disk    landing, landed         what is written, and how it is read back
                        group_commit            many requests, one commit
                        quarantine, flood       what was not accepted, and how much is kept
                        forgetting              removing what has grown old
                        backlog, crowd          how much waits, and who lets whom pass
    Off the landing     taking                  the pipeline takes requests and removes them
                        clock_correction        when an event really happened

``service`` accepts a judged request and replays rejected events.
"""
