"""`newsfold doctor`: how an installation is, and what is wrong with it."""

from newsfold.doctor.checking import check_up

__all__ = ["check_up"]
