"""Where the words begin and end that a cue of saying or thinking brings, in the cue's own sentence.

The rules were made on the training part of PolNeAR (Newell, Margolin and Ruths 2018).
"""

import re

from articles.extract.reporting import Cue

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ASIDE = re.compile(
    rf"(?:,? (?:(?:on|late|early|last|this|earlier|later) )*(?:{_DAY}|today|yesterday|week|month|year|night|morning|"
    r"afternoon|evening|recently|repeatedly|publicly|again|then|earlier|later|also|previously|only)\b)+"
)
_NEXT = re.compile(r",? ([\w’']+|[\"“‘$€£])")
_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "there"))
_QUESTIONS = frozenset(("how", "why", "whether", "if", "what", "where", "when", "who", "which"))
_PREPOSITIONS = frozenset(
    ("in", "on", "at", "to", "of", "for", "by", "with", "from", "as", "about", "during", "after", "before", "via",
     "through", "over", "into", "and", "or", "but", "until", "since", "while", "because", "than", "against", "between",
     "under", "without", "upon", "out", "up", "so", "like")
)  # fmt: skip
_LATER_THAT = re.compile(r"[^.;:\"“”]{1,110}?,? (?=that )")
_TOLD = re.compile(r" [^,.;:\"“”()]{1,70}? (?=(?:that|to|he|she|they|it|we|there|how|why|what|whether|if|not)\b)")
_MARKS = frozenset('"“‘')
_THAT_FRAMES = frozenset(("noun", "that"))
_TO_FRAMES = frozenset(("noun_to", "to"))
_CLAUSE_FRAMES = frozenset(("clause", "that"))
_NEXT_CUE = re.compile(
    r",? (?:according to|adding|saying|noting|arguing|suggesting|insisting|claiming|citing|pointing out|referring|"
    r"calling|as [A-Z]\w+ (?:said|put)|and (?:said|added|noted|argued|suggested|called|told|urged)) "
)
_SPEAKER_LAST = re.compile(
    r", (?:(?:the )?[A-Z][\w.’'-]*|he|she|they|officials|police|it)(?: [\w.’'-]+){0,5}? "
    r"(?:said|says|added|wrote|noted)\b"
)


def content_after(text: str, cue: Cue, until: int) -> int | None:
    """Where what follows the cue begins, if anything does before the sentence ends at `until`."""
    found = _NEXT.match(text, cue.end, until)
    if found is None:
        return None
    frames, word = cue.frames, found[1].lower()
    if (
        (word == "that" and frames & _THAT_FRAMES)
        or (word == "to" and frames & _TO_FRAMES)
        or (word in _QUESTIONS and "wh" in frames)
    ):
        return found.start(1)
    if "tell" in frames and (told := _TOLD.match(text, cue.end, until)):
        return told.end()
    if text[cue.end] == ",":
        return None
    if frames & _CLAUSE_FRAMES and (aside := _ASIDE.match(text, cue.end, until)):
        return _after_aside(text, cue, aside.end(), until)
    return _unmarked(text, cue, found, until)


def _after_aside(text: str, cue: Cue, at: int, until: int) -> int | None:
    """`The mayor said on Friday the port was shut.`"""
    found = None if text[at : at + 1] == "," else _NEXT.match(text, at, until)
    if found is None or found[1] == "that":
        return found.start(1) if found else None
    return _unmarked(text, cue, found, until)


def _unmarked(text: str, cue: Cue, found: re.Match[str], until: int) -> int | None:
    """A clause or an object that no word leads in; after a preposition only a "that" further on begins a clause."""
    frames, word = cue.frames, found[1].lower()
    if word in _PREPOSITIONS:
        later = _LATER_THAT.match(text, cue.end, until) if "after" in frames else None
        return later.end() if later else None
    clause = "clause" in frames or ("that" in frames and (word in _PRONOUNS or word in _MARKS))
    return found.start(1) if clause or "object" in frames else None


def content_end(text: str, begin: int, until: int) -> int:
    """Where what began at `begin` ends: before the next cue of the same speaker, or at the sentence's end."""
    cut = _NEXT_CUE.search(text, begin, until)
    end = cut.start() if cut else until
    named = _SPEAKER_LAST.search(text, begin, end) if text.find(", ", begin, end) >= 0 else None
    return named.start() if named else end
