"""`python -m newsfold` is the `newsfold` command."""

from newsfold.main import run

run()
