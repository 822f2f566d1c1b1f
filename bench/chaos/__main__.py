"""`python -m bench.chaos [--articles N] [--worker-kills N] [--broker-kills N] ...`: rounds of trouble, a line each.

Exit code 1 if anything was lost, repeated with other bytes, out of order, or unlike what a replay makes.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from bench.chaos.rounds import run_round
from bench.chaos.troubles import Plan
from newsfold.broker import leave_on_term


def main(arguments: Sequence[str]) -> int:
    """Runs the rounds."""
    parser = ArgumentParser(prog="python -m bench.chaos")
    for name, value in Plan()._asdict().items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--rounds", type=int, default=1, metavar="N")
    given = vars(parser.parse_args(arguments))
    seed, rounds = given.pop("seed"), given.pop("rounds")
    plan = Plan(**given)
    leave_on_term(1)
    held = [run_round(plan, seed + number) for number in range(rounds)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
