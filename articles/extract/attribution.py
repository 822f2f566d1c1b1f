"""Which words around a quotation say who spoke: cue verb, subject, "according to"."""

import re
from typing import NamedTuple

from articles.extract.cues import ANY, SPEECH

_ADVERB = (
    r"(?:(?:also|then|later|now|once|recently|often|repeatedly|further|still|has|have|had|is|was|were|are|be|been|would|"
    r"will|even|again|never|always|just|previously|earlier|simply|first|[a-z]+ly)\s+)*"
)
_AFTER_INVERTED = re.compile(rf"[\s,]*{_ADVERB}(?P<cue>{SPEECH})\s+(?!(?:on|in|at|that|to|during|after|by|of|for|as|it|so)\b)")
_AFTER_CUE = re.compile(rf"\b(?P<cue>{SPEECH})\b")
_ACCORDING = re.compile(r"\b(?P<cue>according to|in the words of|as told to|per)\s+", re.IGNORECASE)
_BEFORE_CUE = re.compile(rf"\b(?P<cue>{ANY})\b")
_SUBJECT_END = re.compile(
    r"\s*(?:[.;:!?\"“”]|,|\s(?:on|in|at|during|after|before|when|while|as|told|to|that|last|late|early|earlier|yesterday|"
    r"today|via|through|by|following|ahead|this|and said|and added|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\n|\(|\s[–—-]\s|$)"
)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:also|then|later|now|once|recently|often|repeatedly|further|still|has|have|had|is|was|were|are|be|been|"
    r"would|will|even|again|never|always|just|previously|earlier|simply|first|reportedly|could|can|may|might|did|does|not|"
    r"as|been|today|yesterday|tweeted|who|[a-z]+ly))+\s*$|['’](?:s|d|ve|ll)\s*$"
)
_CLAUSE = re.compile(
    r"(?:^|[,;:–—]\s*|\b(?:that|and|but|while|when|because|as|if|after|before|although|though|where|which|with|since|yet|so)\s+)"
    r"(?=\S)(?:and\s+|but\s+)?"
)
_INFINITIVE = re.compile(r"\b(?:to|of|for|by|without|a|an|the|his|her|their|its|this|that|not|no|from|in|about|be)\s+$")
_LEAD_IN = re.compile(
    r"(?:(?:On|In|At|After|Before|During|Since|While|When|As|With|Following|Despite|Last|Earlier|Later|Meanwhile|However|"
    r"Yet|But|And|Still|Asked|Speaking|Though|Although|If|For|By|Instead|Then|Also|Now|Yesterday|Today|Until)\b)"
)


class Attribution(NamedTuple):
    """Cue and subject by their spans."""

    cue: str
    cue_start: int
    cue_end: int
    start: int
    end: int


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
    return _subject_first(text, start, end)


def _subject_stop(text: str, start: int, end: int) -> int:
    stop = _SUBJECT_END.search(text, start, end)
    return stop.start() if stop else end


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " ,\n–—-":
        start += 1
    return start


def _subject_first(text: str, start: int, end: int) -> Attribution | None:
    begin = _skip(text, start, end)
    for cue in _AFTER_CUE.finditer(text, begin, min(end, begin + 220)):
        between = text[begin : cue.start()]
        if not between.strip() or _INFINITIVE.search(between):
            continue
        if re.match(r"(?:and|but|which|that|while|because|to|of|in|on|for|with|when|if|or|who|by|at|about|from)\b", between):
            return None
        return Attribution(cue["cue"], *cue.span("cue"), *_head(text, begin, _trim(text, begin, cue.start())))
    return None


def _trim(text: str, start: int, end: int) -> int:
    """Without the adverbs and auxiliaries that stand before the verb."""
    words = text[start:end].rstrip()
    while (found := _TRAILING.search(words)) and found.start() > 0:
        words = words[: found.start()]
    return start + len(words)


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun phrase without its apposition ("Ada Kord, the mayor," is "Ada Kord")."""
    words = text[start:end]
    comma = words.find(",")
    stop = start + comma if comma > 0 else start + len(words.rstrip(" ,"))
    return start, stop


def find_before(text: str, start: int, end: int) -> Attribution | None:
    """`X said: "..."` and `X said he was "..."` in `text[start:end]`, the words of the sentence before the quotation."""
    for cue in reversed(list(_BEFORE_CUE.finditer(text, start, end))):
        found = _before_cue(text, start, cue)
        if found is not None:
            return found
    for according in _ACCORDING.finditer(text, start, end):
        stop = _subject_stop(text, according.end(), end)
        if stop > according.end():
            return Attribution(according["cue"].lower(), *according.span("cue"), according.end(), stop)
    return None


def _before_cue(text: str, start: int, cue: re.Match[str]) -> Attribution | None:
    pre = text[start : cue.start()]
    if _INFINITIVE.search(pre):
        return None
    subject = _subject_before(text, start, cue.start())
    return Attribution(cue["cue"], *cue.span("cue"), *subject) if subject else None


def _subject_before(text: str, start: int, cue_start: int) -> tuple[int, int] | None:
    raw_end = start + len(text[start:cue_start].rstrip())
    if raw_end > start and text[raw_end - 1] == ",":
        return _before_apposition(text, start, raw_end - 1)
    end = _trim(text, start, cue_start)
    begins = [found.end() for found in _CLAUSE.finditer(text, start, end)]
    begin = next((at for at in reversed(begins) if at < end), start)
    return (begin, end) if text[begin:end].strip() else None


def _before_apposition(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The phrase before `, the mayor,`: the first part of the sentence that is no lead-in ("On Friday, ...")."""
    at = start
    for part in text[start:end].split(","):
        begin = at + len(part) - len(part.lstrip())
        stop = at + len(part.rstrip())
        if begin < stop and not _LEAD_IN.match(text, begin, stop):
            clause = [found.end() for found in _CLAUSE.finditer(text, begin, stop) if found.end() < stop]
            return (clause[-1] if clause else begin), stop
        at += len(part) + 1
    return None
