"""Real worker processes on a real broker, killed at random moments, and a check of all that they wrote.

troubles.py   what is done to them
workers.py    worker processes that may be killed, paused, robbed of their store
feed.py       a publisher that goes on meanwhile
ledger.py     the checks: nothing lost, repeats are the same bytes, each update once and in order
replay.py     the check that the stories are what the facts of the run make of them
rounds.py     one round: a broker, a feed, troubles, the checks, a line
"""
