"""Which words around a quotation say who spoke: cue verb, subject, "according to"."""

import re
from typing import NamedTuple

from articles.extract.cues import CUE_WORDS, SPEECH, SPEECH_WORDS, find_cues
from articles.extract.lexicon import LOWER_TITLES

_ADVERB = (
    r"(?:(?:also|then|later|now|once|recently|often|repeatedly|further|still|has|have|had|is|was|were|are|be|been|would|"
    r"will|even|again|never|always|just|previously|earlier|simply|first|[a-z]+ly)\s+)*"
)
_AFTER_INVERTED = re.compile(
    rf"[\s,'’]*{_ADVERB}(?P<cue>{SPEECH})\s+(?!(?:on|in|at|that|to|during|after|by|of|for|as|it|so)\b)"
)
_ADJACENT_CUE = re.compile(r"([a-z](?<![\w-].)[a-z]*+)(?:\s++(?:that|how)|:|,)?+\s*+$")
_ACCORDING = re.compile(r"\b(?P<cue>according to|in the words of|as told to|per)\s+", re.IGNORECASE)
_SUBJECT_END = re.compile(
    r"\s*(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bCol)(?<!\bLt)"
    r"(?<!\bSgt)(?<!\bCapt)(?<!\bMaj)(?<!\bRev)(?<!\bSt)\.|[;:!?\"“”]|,|\s(?:on|in|at|during|after|before|when|while|as|told|to|that|last|late|early|earlier|yesterday|"
    r"today|via|through|by|following|ahead|this|and said|and added|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\n|\(|\s[–—-]\s|$)"
)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:also|then|later|now|once|recently|often|repeatedly|further|still|has|have|had|is|was|were|are|be|been|"
    r"would|will|even|again|never|always|just|previously|earlier|simply|first|reportedly|could|can|may|might|did|does|not|"
    r"as|been|today|yesterday|likewise|meanwhile|who|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"[a-z]+ly))+\s*$|['’](?:s|d|ve|ll)\s*$"
)
_TRAILING_ENDS = (
    *("also", "then", "later", "now", "once", "recently", "often", "repeatedly", "further", "still", "has", "have"),
    *("had", "is", "was", "were", "are", "be", "been", "would", "will", "even", "again", "never", "always", "just"),
    *("previously", "earlier", "simply", "first", "could", "can", "may", "might", "did", "does", "not", "as", "today"),
    *("yesterday", "likewise", "meanwhile", "who", "day", "ly", "'s", "’s", "'d", "’d", "'ve", "’ve", "'ll", "’ll"),
)
"""How words end that `_TRAILING` matches: a quick look before the expression."""
# It begins with a set of characters: sre searches for that in two thirds of the time.
_CLAUSE = re.compile(
    r"[,;:–—tabwisyh](?:(?<=[,;:–—])\s*|(?<=\b.)(?:(?<=t)(?:hat|hough)|(?<=a)(?:nd|s|fter|lthough)|"
    r"(?<=b)(?:ut|ecause|efore)|(?<=w)(?:hile|hen|here|hich|ith|hat|hom|ho|hy)|(?<=i)f|(?<=s)(?:ince|o)|(?<=y)et|"
    r"(?<=h)ow)\s+)(?=\S)(?:and\s+|but\s+)?"
)
_INFINITIVE = re.compile(r"\b(?:to|of|for|by|without|a|an|the|his|her|their|its|this|that|not|no|from|in|about|be)\s+$")
_ELIDED = re.compile(r"\b(?:and|but|or|then|also)\s*$")
_GOES_ON = re.compile(
    r"(?:and|but|which|that|while|because|to|of|in|on|for|with|when|if|or|who|by|at|about|from)\b|[a-z]+ing\b"
)
_TITLED = re.compile(r"[a-z]+ing ([a-z-]+)\b")
_FINITE = re.compile(
    r"\s(?:\w+ed|has|have|had|was|were|is|are|will|would|gave|took|made|told|said|went|came|did|does|wrote|sent|held|"
    r"met|spoke|kept|left|led|put|says|could|may|might|also)\b"
)
_CONJUNCTION = re.compile(r"(?:But|And|Yet|Still|So|Or|Nor|Then) (?=[A-Z]\S|(?:the|he|she|they|it|his|her|a|an) )")
_LEAD_IN = re.compile(
    r"\(|[A-Z][a-z]+ (?:years?|months?|weeks?|days?|hours?) (?:ago|later|earlier)\b|"
    r"\w+day (?:morning|afternoon|evening|night)\b|"
    r"(?:(?:On|Of|To|From|Under|Over|Across|Among|Within|Throughout|In|At|"
    r"After|Before|During|Since|While|When|As|With|Following|Despite|Last|Earlier|Later|Meanwhile|However|"
    r"Yet|But|And|Still|Rather|Asked|Speaking|Though|Although|If|For|By|Instead|Then|Also|Now|Yesterday|Today|Until|"
    r"[A-Z][a-z]+ing|(?:A|One|Two|The next) \w+ (?:later|after|before)|\w+ later|The (?:next|following|same) \w+,?)\b)"
)


_NOUN_PHRASE_START = re.compile(r"(?:the|a|an|his|her|its|their|one|some|he|she|they|it|we|i)\b|[A-Z0-9]")
_CLAUSE_ENDS = re.compile(
    r"[,.;:]|\s*$|\s+(?:on|in|at|during|after|before|to|last|this|late|early|yesterday|today|\w+day)\b"
)
_OTHER_CLAUSE = re.compile(
    r"(?:who|which|that|and|but|while|as|when|because|if|after|before|although|though|where|or)\b"
)
_LONGEST_SUBJECT = 70
_NO_SUBJECT = re.compile(
    r"(?:[a-z]+ing|than|more|since|has|have|had|would|because|until|unless|whether|not|be|been|being|is|are|was|were|to|"
    r"of|for|by|with|from|in|on|at|when|while|if|as)\b|\W*$"
)
"""What a subject never begins with."""
_WHO = re.compile(rf"\b(?P<who>who)\s+(?:\S+ in the past |in the past )?{_ADVERB}$")


class Attribution(NamedTuple):
    """Cue and subject by their spans."""

    cue: str
    cue_start: int
    cue_end: int
    start: int
    end: int


def introduces(text: str, start: int, end: int) -> bool:
    """Whether the words right before a quotation are a cue ("saying that")."""
    found = _ADJACENT_CUE.search(text, max(start, end - 30), end)
    return found is not None and found.group(1) in CUE_WORDS


def find_after(text: str, start: int, end: int) -> Attribution | None:
    """`"...," said X` and `"...," X said` in `text[start:end]`, the words that follow the quotation."""
    inverted = _AFTER_INVERTED.match(text, start, end)
    if inverted is not None:
        stop = _subject_stop(text, inverted.end(), end)
        if stop > inverted.end():
            return Attribution(inverted["cue"], *inverted.span("cue"), inverted.end(), stop)
    according = _ACCORDING.match(text, _skip(text, start, end), end)
    if according is not None:
        return Attribution(
            according["cue"].lower(), *according.span("cue"), according.end(), _subject_stop(text, according.end(), end)
        )
    return _after_clause(text, start, end) or _subject_first(text, start, end)


def _after_clause(text: str, start: int, end: int) -> Attribution | None:
    """`"..." than the mayor's, Ada Kord said.`: the sentence goes on after the marks before it names who spoke."""
    begin = _skip(text, start, end)
    if _NOUN_PHRASE_START.match(text, begin, end):
        return None
    for cue in find_cues(text, begin, end, SPEECH_WORDS):
        comma = text.rfind(", ", begin, cue.start())
        short = comma >= 0 and cue.start() - comma < _LONGEST_SUBJECT
        if short and closes_clause(text, cue.end(), end) and not is_other_clause(text, comma + 2):
            stop = _trim(text, comma + 2, cue.start())
            if stop > comma + 2:
                return Attribution(cue.group(1), *cue.span(1), comma + 2, stop)
    return None


def closes_clause(text: str, start: int, end: int) -> bool:
    """Whether after a cue at `start` nothing follows that it could bring: an end, a time, a place."""
    return _CLAUSE_ENDS.match(text, start, end) is not None


def is_other_clause(text: str, start: int) -> bool:
    """Whether a word stands at `start` that begins a clause of another sort ("who said", "as he said")."""
    return _OTHER_CLAUSE.match(text, start) is not None


def _subject_stop(text: str, start: int, end: int) -> int:
    stop = _SUBJECT_END.search(text, start, end)
    return stop.start() if stop else end


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " ,\n–—-":
        start += 1
    return start


def _subject_first(text: str, start: int, end: int) -> Attribution | None:
    begin = _skip(text, start, end)
    for cue in find_cues(text, begin, min(end, begin + 220), SPEECH_WORDS):
        between = text[begin : cue.start()]
        if not between.strip() or _INFINITIVE.search(between):
            continue
        if _GOES_ON.match(between) and not _is_titled(between):
            return None
        return Attribution(cue.group(1), *cue.span(1), *_head(text, begin, _trim(text, begin, cue.start())))
    return None


def _is_titled(words: str) -> bool:
    """Whether the participle belongs to a title ("managing director Ada Kord")."""
    found = _TITLED.match(words)
    return found is not None and found.group(1) in LOWER_TITLES


def _trim(text: str, start: int, end: int) -> int:
    """Without the adverbs and auxiliaries that stand before the verb."""
    words = text[start:end].rstrip()
    while words.rstrip().endswith(_TRAILING_ENDS) and (found := _TRAILING.search(words)) and found.start() > 0:
        words = words[: found.start()]
    return start + len(words)


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun phrase without its apposition ("Ada Kord, the mayor," is "Ada Kord")."""
    words = text[start:end]
    comma = words.find(",")
    stop = start + comma if comma > 0 else start + len(words.rstrip(" ,"))
    return start, stop


def find_before(text: str, start: int, end: int, *, whole: bool = True) -> Attribution | None:
    """`X said: "..."` and `X said he was "..."` in `text[start:end]`, the words of the sentence before the quotation.

    `whole` says that the sentence begins at `start`, so that its subject must be there.
    """
    for cue in reversed(find_cues(text, start, end)):
        found = _before_cue(text, start, cue, whole)
        if found is not None:
            return found
    return _according(text, start, end) or (_before_colon(text, start, end) if whole else None)


def _before_colon(text: str, start: int, end: int) -> Attribution | None:
    """`The mayor had a plain message: "..."`."""
    colon = start + len(text[start:end].rstrip()) - 1
    if colon <= start or text[colon] != ":":
        return None
    subject = _main_subject(text, start, colon)
    return Attribution(":", colon, colon + 1, *subject) if subject else None


def _according(text: str, start: int, end: int) -> Attribution | None:
    for according in _ACCORDING.finditer(text, start, end):
        stop = _subject_stop(text, according.end(), end)
        if stop > according.end():
            return Attribution(according["cue"].lower(), *according.span("cue"), according.end(), stop)
    return None


def _before_cue(text: str, start: int, cue: re.Match[str], whole: bool) -> Attribution | None:
    pre = text[start : cue.start()]
    if _INFINITIVE.search(pre):
        return None
    subject = _subject_before(text, start, cue.start(), whole)
    return Attribution(cue.group(1), *cue.span(1), *subject) if subject else None


def find_subject(text: str, start: int, cue_start: int) -> tuple[int, int] | None:
    """Whose cue it is, in the clause that begins at `start`, for words that follow the cue."""
    return _subject_before(text, start, cue_start, whole=True)


def _subject_before(text: str, start: int, cue_start: int, whole: bool) -> tuple[int, int] | None:
    who = _WHO.search(text, max(start, cue_start - 50), cue_start) if text.find("who ", start, cue_start) >= 0 else None
    if who is not None:
        return who.span("who")
    raw_end = start + len(text[start:cue_start].rstrip())
    if raw_end > start and text[raw_end - 1] == ",":
        if not text[cue_start : cue_start + 20].split()[0].endswith("ing"):
            return _before_apposition(text, start, raw_end - 1)
        return _main_subject(text, start, raw_end - 1) if whole else None
    if _ELIDED.search(text, start, raw_end):
        return _main_subject(text, start, raw_end) if whole else None
    end = _trim(text, start, cue_start)
    clauses = [found for found in _CLAUSE.finditer(text, start, end) if found.end() < end]
    relative = _relative_start(text, clauses[-1], end) if clauses else end
    begin = next((found.end() for found in reversed(clauses) if found.end() < relative), start)
    end = relative
    return (begin, end) if _may_be_subject(text, begin, end) else None


def _relative_start(text: str, clause: re.Match[str], end: int) -> int:
    """Where "who runs the port" begins, which is no subject but hangs on it; "who he" holds one of its own."""
    relative = clause.group().strip() in ("who", "which") and not _NOUN_PHRASE_START.match(text, clause.end(), end)
    return clause.start() if relative else end


def _may_be_subject(text: str, start: int, end: int) -> bool:
    return not _NO_SUBJECT.match(text, start, end) and text[start:end].split(None, 1)[0] not in CUE_WORDS


def _main_subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Of "On Friday, the mayor opened the talks, saying ..." the mayor."""
    begin = _after_lead_in(text, start, end)
    if begin is None:
        return None
    comma = text.find(",", begin, end)
    verb = _FINITE.search(text, begin, end if comma < 0 else comma)
    stop = verb.start() if verb else end if comma < 0 else comma
    return begin, _trim(text, begin, stop)


def _after_lead_in(text: str, start: int, end: int) -> int | None:
    """Where the first part between commas begins that is no lead-in ("On Friday, ...")."""
    at = start
    for part in text[start:end].split(","):
        begin = at + len(part) - len(part.lstrip())
        conjunction = _CONJUNCTION.match(text, begin, end)
        begin = conjunction.end() if conjunction else begin
        if part.strip() and not _LEAD_IN.match(text, begin, end):
            return begin
        at += len(part) + 1
    return None


def _before_apposition(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The phrase before `, the mayor,`: the first part of the sentence that is no lead-in ("On Friday, ...")."""
    begin = _after_lead_in(text, start, end)
    if begin is None:
        return None
    comma = text.find(",", begin, end)
    stop = end if comma < 0 else comma
    clause = [found.end() for found in _CLAUSE.finditer(text, begin, stop) if found.end() < stop]
    return (clause[-1] if clause else begin), stop
