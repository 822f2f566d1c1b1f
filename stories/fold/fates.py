"""What became of the people that a number counts: dead, missing, hurt, saved, moved, held, or without power.

Outlets word a toll in a dozen ways ("killing four", "four lives lost", "the toll rose to four"), so a toll is known
by the fate and not by the noun. A total is told from a part ("five more", "two of the dead") and from the toll of
another event ("in 1967, when 23 people drowned"): only totals may be held against each other.
"""

import re
from functools import lru_cache

from articles.text.stems import stems
from schemas.articles import Figure
from stories.fold.lexicon import canonical

_FORMS = {
    "dead": r"died|dead|killed|perished|drowned|lost (?:their|his|her) li(?:ves|fe)",
    "missing": r"missing|unaccounted for|(?:not |yet to |to )been? (?:yet been )?found|lost at sea",
    "hurt": r"injured|wounded|hurt|hospitali[sz]ed|(?:taken|rushed|brought) to (?:a )?hospitals?",
    "saved": r"rescued|saved|plucked|pulled (?:alive )?(?:from|out)|brought (?:to safety|ashore)",
    "moved": r"evacuated|displaced|homeless|(?:had|forced|ordered|told|asked) to (?:leave|flee|evacuate|abandon)"
    r"|fled|left (?:their )?homes|ordered out|(?:taken|moved|brought) to (?:safety|shelters|schools|higher ground)",
    "held": r"arrested|detained|taken into custody",
    "dark": r"without (?:power|electricity)|(?:have|had|has|with) no (?:power|electricity)|lost (?:power|electricity)",
}
_FATE = "|".join(f"(?P<{fate}>{forms})" for fate, forms in _FORMS.items())
_BETWEEN = (
    r"(?:have|has|had|are|is|were|was|be|been|being|also|still|now|already|known|reported|reportedly|confirmed|feared|"
    r"presumed|believed|thought|said|to|left|found|so far|remained?|remaining|listed as|yet|up)"
)
_NOUNS = r"(?: (?!(?:who|that|which|and|by|after)\b)[\w'’-]+){0,3}?"
_BESIDE = (
    r"(?: and (?:at least |some |about )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)(?: [\w'’-]+){1,2}?)?"
)
"""Between a count and what became of these and those: "41 soldiers and nine civilians were killed"."""
_AFTER = re.compile(rf"{_NOUNS}{_BESIDE}(?: {_BETWEEN}){{0,5}} (?:{_FATE})\b")
_NUMBER_OF = r"number of (?:[\w'’-]+ ){0,2}"
_BEFORE = re.compile(
    r"\b(?:(?P<dead>kill(?:ed|ing|s)|claim(?:ed|ing|s) the lives of|death toll[^.;]{0,70}?|toll[^.;]{0,20}?"
    rf"|{_NUMBER_OF}(?:dead|deaths|killed|fatalities)[^.;]{{0,50}}?)"
    rf"|(?P<missing>{_NUMBER_OF}missing[^.;]{{0,40}}?)"
    r"|(?P<hurt>injur(?:ed|ing|es)|wound(?:ed|ing|s)|number of injured[^.;]{0,40}?)"
    r"|(?P<saved>rescu(?:ed|ing|es)|saved)"
    r"|(?P<moved>evacuat(?:ed|ing|es)|displac(?:ed|ing|es)|evacuated people"
    rf"|{_NUMBER_OF}(?:evacuated|displaced|(?:(?:have|had) )?(?:fled|left (?:their|his|her)))[^.;]{{0,40}}?)"
    r"|(?P<held>arrest(?:ed|ing|s)|detain(?:ed|ing|s)))"
    r"(?: (?:to|at|is|was|of|reached|hit|stood at))?(?: (?:at least|some|about|around|up to|as many as|more than|"
    r"nearly|almost|over|fewer than|less than|approximately|an estimated|no fewer than|all))? ?$",
    re.IGNORECASE,
)
_DRIVEN_BEFORE = re.compile(r"\b(?:(?:order|forc|ask|urg)(?:ed|ing)|told|telling)(?: \w+){0,3}? ?$", re.IGNORECASE)
_DRIVEN_AFTER = re.compile(r"(?: [\w'’-]+){0,4}? (?:to (?:leave|flee|evacuate|abandon|move)|out of|from their)\b")
_LIVES_BEFORE = re.compile(
    r"\b(?:loss of|lost|losing|cost|costing|claim(?:ed|ing|s)|took|taken|taking)(?: \w+){0,3}? ?$", re.IGNORECASE
)
_PART_BEFORE = re.compile(
    r"\b(?:(another|additional|further)|other|others|including|among (?:them|those)|(?:up|down) from|from|of whom)"
    r"(?: (?:at least|some|about|around|up to|a|the))? ?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"(?: [\w'’-]+)?(?: (?:more|others?|additional|further)\b| of (?:the|them|those|these|whom|its|their|his|her)\b)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r" (?:dead|injured|wounded|missing) ((?!(?:this|across|whereas|towards|besides)\b)[a-z]{3,}s|fish|cattle|sheep)\b"
)
"""Whom it counts, where that stands behind what became of them: "1,150 dead birds"."""
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|of|from)(?: [A-Z]\w+)? ((?:1[89]|20)\d\d)\b")
_ANYBODY = frozenset(
    canonical(stem)
    for stem in stems(
        "people persons residents inhabitants islanders villagers passengers men women victims lives bodies dead "
        "deaths killed died missing injured wounded hurt casualties fatalities homes households customers houses "
        "evacuated evacuees displaced rescued saved arrested arrests detained hospitalized homeless injuries "
        "fans supporters spectators protesters demonstrators suspects",
        "en",
    )
)
_BY_NOUN = {
    **dict.fromkeys(("deaths", "dead", "fatalities", "killed", "bodies", "died"), "dead"),
    **dict.fromkeys(("missing",), "missing"),
    **dict.fromkeys(("injured", "wounded", "hurt", "injuries", "hospitalized"), "hurt"),
    **dict.fromkeys(("rescued", "saved"), "saved"),
    **dict.fromkeys(("evacuated", "displaced", "evacuees"), "moved"),
    **dict.fromkeys(("arrested", "detained", "arrests"), "held"),
}
_TOTAL_BEFORE = re.compile(
    r"\b(?:bring(?:s|ing)?|tak(?:es|ing)|push(?:es|ing)|rais(?:es|ing)|brought|took) the"
    r" (?:total|number|figure|count|tally)(?: number)?(?: [\w'’-]+){0,3}? to ?$"
)
_ANY_FATE = re.compile(_FATE)
_AROUND = 90
TOTALS = {
    "=dead": "people dead",
    "=missing": "people missing",
    "=hurt": "people injured",
    "=saved": "people rescued",
    "=moved": "people evacuated",
    "=held": "people arrested",
    "=dark": "homes without power",
}
"""Heads of figures that give the total of a fate, and what readers call it."""
RISING, FALLING = frozenset(("=dead", "=hurt")), frozenset(("=missing",))
"""Totals that go one way as rescuers go on; how many were moved or held may be in dispute from the first hour."""


def fate_of(figure: Figure, sentence: str, at: int, year: int | None) -> str:
    """For example "=dead" for a total; "dead+" for a part, "dead:soldier" for some, "dead@1967"; "" for no fate.

    `at` is where the figure's number stands in the sentence, `year` that of the article.
    """
    if figure.unit:
        return ""
    before, after = sentence[max(0, at - _AROUND) : at], sentence[at + figure.end - figure.start :][:_AROUND]
    fate = _fate(figure, before, after)
    if not fate:
        return ""
    if _is_part(before, after, fate) or (figure.counted or "").endswith(("bodies", "others")):
        return f"{fate}+"
    past = next((found[1] for found in _YEAR.finditer(sentence) if year is not None and int(found[1]) < year), None)
    if past is not None:
        return f"{fate}@{past}"
    named = _NAMED_AFTER.match(after)
    who = _who(named[1] if named else figure.counted or "")
    return f"{fate}:{who}" if who else f"={fate}"


def _fate(figure: Figure, before: str, after: str) -> str:
    last = (figure.counted or "").rpartition(" ")[2]
    if last in _BY_NOUN:
        return _BY_NOUN[last]
    if last == "lives":
        return "dead" if _LIVES_BEFORE.search(before) else ""
    found = _AFTER.match(after) or _BEFORE.search(before)
    if found:
        return found.lastgroup or ""
    if _DRIVEN_AFTER.match(after) and _DRIVEN_BEFORE.search(before):
        return "moved"
    return _fate_of_parts(before) if before.rstrip().endswith(" to") else ""


def _fate_of_parts(before: str) -> str:
    """ "Nine more were arrested, bringing the total to 31"."""
    total = _TOTAL_BEFORE.search(before)
    fates = [found.lastgroup for found in _ANY_FATE.finditer(before, 0, total.start())] if total else []
    return fates[-1] or "" if fates else ""


def _is_part(before: str, after: str, fate: str) -> bool:
    """Beside the dead, "a further nine" missing are all of them."""
    cut = _PART_BEFORE.search(before)
    return bool(_PART_AFTER.match(after) or (cut and not (fate == "missing" and cut[1])))


@lru_cache(maxsize=1 << 12)
def _who(counted: str) -> str:
    """Whom it counts, if that is not anybody: soldiers, children, firefighters."""
    named = [canonical(stem) for stem in stems(counted, "en")]
    return next((noun for noun in named[-2:] if noun not in _ANYBODY), "")
