"""A caption that is a full sentence: it names again, in full, people whom the article has long called "Mr X"."""

import re
from collections.abc import Sequence

from articles.clean.lines.shape import count_sentences, ends_sentence

_HONORIFIC = re.compile(r"[MD](?<!\w.)(?:(?<=M)(?:rs?|s|iss|x)|(?<=D)r)\.? ([A-Z][\w'’\-]+)")
_OPENING_NAME = re.compile(r"([A-Z][\w\-]+) ([A-Z][\w\-]+)\b")
_LEAST_MENTIONS = 2
_MAX_LENGTH = 110


def restatement_rule(texts: Sequence[str], number: int) -> str | None:
    """`"caption naming in full"` for a lone short sentence that opens with the full name of a person of the article.

    It holds only in a text whose style is to say "Mr X" after the first mention, where X has been called so before
    and is called so after; an article's own sentence would keep to that style.
    """
    text = texts[number]
    if (
        not 0 < number < len(texts) - 1
        or len(text) > _MAX_LENGTH
        or not ends_sentence(text)
        or count_sentences(text) > 1
    ):
        return None
    name = _OPENING_NAME.match(text)
    if name is None or _called(texts[:number], name[2]) < _LEAST_MENTIONS or not _called(texts[number + 1 :], name[2]):
        return None
    return None if _HONORIFIC.search(text) or name[0] not in " ".join(texts[:number]) else "caption naming in full"


def _called(texts: Sequence[str], surname: str) -> int:
    return sum(surname in _HONORIFIC.findall(text) for text in texts)
