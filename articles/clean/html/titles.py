"""Page titles: which of several, and without the site's name at the end ("... | The Testville Post")."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from articles.clean.characters import squeeze
from articles.clean.html.junk import cut_textless

_JOINT = re.compile(r"\s+(?:[|–—·•»:]|-{1,2}|::)\s+|\s*\|\s*|\s+[-–—]\s*")
_MOST_SITE_WORDS = 6
_LEAST_HEADING = 12
_LEAST_SHARED = 0.25
_MOST_PLACES = 3
_MOST_LINES = 10
_MOST_LINE = 80
_WORD = re.compile(r"\w{4,}")


def choose_title(headings: Sequence[str], stated: Sequence[str], site: str) -> str:
    """The page's heading where it agrees with what the metadata state; else that, without the site's name.

    `headings`: of the first rank; `stated`: titles in the metadata, the most exact kind first.
    """
    named = [title for title in stated if title]
    own = [heading for heading in headings if _bare(heading) not in ("", _bare(site)) and not _is_tail(heading, named)]
    for title in named:
        agreeing = next((heading for heading in own if _agrees(heading, title)), None)
        if agreeing:
            return agreeing
    akin = [heading for heading in own if _shared(heading, named) >= _LEAST_SHARED]
    if akin:
        return max(akin, key=lambda heading: _shared(heading, named))
    fallback = named[0] if named else next(iter(own), "")
    return without_site(fallback, site)


def lines_below(tree: LexborHTMLParser, title: str) -> list[str]:
    """The first short lines that a reader sees below the title, each place where it stands taken in turn.

    Changes the tree: what holds no text is cut out of it.
    """
    cut_textless(tree)
    if tree.body is None or not title:
        return []
    lines = [line for line in map(squeeze, tree.body.text(deep=True, separator="\n").split("\n")) if line]
    places = [number for number, line in enumerate(lines) if line == title][:_MOST_PLACES]
    below = (line for number in places for line in lines[number + 1 : number + 1 + _MOST_LINES])
    return [line for line in below if len(line) <= _MOST_LINE]


def _agrees(heading: str, title: str) -> bool:
    """A heading of some length stands in the title; a short one opens it, before the site's name."""
    if len(heading) > _LEAST_HEADING:
        return heading in title
    return heading == title or (title.startswith(heading) and bool(_JOINT.match(title, len(heading))))


def _is_tail(heading: str, named: Sequence[str]) -> bool:
    """A heading that ends the page title after a joint, and is no longer than what is before it, is the site's name."""
    for title in named:
        before = title.removesuffix(heading)
        if before != title and len(before) >= len(heading) and _JOINT.search(before[-4:]):
            return True
    return False


def _shared(heading: str, named: Sequence[str]) -> float:
    """The greatest share of a heading's words that a stated title has too."""
    words = set(_WORD.findall(heading.lower()))
    if len(words) < 3:
        return 0.0
    return max((len(words & set(_WORD.findall(title.lower()))) / len(words) for title in named), default=0.0)


def without_site(title: str, site: str = "", mark: str = "") -> str:
    """The title up to its last joint, if what follows is the site's name or as short as one and much is left.

    `mark`: only at joints with this character, as sites use one between section and name.
    """
    title = title.strip()
    for joint in reversed(list(_JOINT.finditer(title))):
        before, after = title[: joint.start()].strip(), title[joint.end() :].strip()
        if site and _bare(after) == _bare(site):
            return before
        is_short = len(after.split()) <= _MOST_SITE_WORDS and len(after) <= len(before)
        is_alike = not mark or joint[0].strip() == mark
        if len(before.split()) >= 3 and is_alike and is_short and after[:1].isupper() and _names_site(joint[0], after):
            return without_site(before, site, joint[0].strip())
    return title


def _names_site(joint: str, after: str) -> bool:
    """After a bar any short tail is a section or the site; after a dash only a run of capitalised words."""
    return "|" in joint or all(
        word[:1].isupper() or word.lower() in ("of", "the", "and", "&") for word in after.split()
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower())).removeprefix("the")
