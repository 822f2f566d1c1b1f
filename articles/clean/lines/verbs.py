"""Whether a short English sentence has a finite verb: a photo caption often has a participle only."""

import re

_FINITE = frozenset(
    """am is are was were be has have had do does did will would can could may might must shall should cannot
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't
    said told went took came gave got saw knew began became ran rose fell spoke wrote drove broke chose flew grew
    threw drew wore swore woke rode shook ate drank sang swam sank blew froze hid lay felt kept left lost met sent
    spent stood won held found brought bought caught taught thought fought sought struck led fled sold paid laid
    heard meant dealt slept wept swept crept made put let hit cut set shut cost hurt quit beat bet split spread
    says tells goes takes comes gives gets sees knows begins becomes runs rises falls speaks writes breaks chooses
    grows throws draws wears rides shakes feels keeps leaves loses meets sends spends stands wins holds finds brings
    buys catches thinks fights seeks strikes leads flees sells pays hears means makes puts lets hits sets shuts
    appears remains seems faces calls asks adds insists warns denies expects hopes offers urges vows backs blames
    claims shows wants needs plans agrees accuses demands follows includes contains happens works lives moves turns
    looks walks waits watches reads plays carries helps uses starts stops continues ends opens closes
    returns arrives joins signs votes supports opposes rejects accepts receives reports tries serves sits
    gather celebrate protest attend arrive leave stand walk wait hold look pose react carry pass line fill""".split()
)
_PARTICIPLE = re.compile(
    r"\b(?:\w{3,}ed|seen|shown|taken|built|hit|torn|hurt|driven|thrown|blown|broken|struck|held|left|made|cut|worn|"
    r"overrun|set|lost|sunk|burnt|drawn|written)\s+by\b"
)
_ED = re.compile(r"\b[a-z]{2,}ed\b")
_ATTRIBUTE = re.compile(r"\b(?:an?|the|this|that|his|her|its|their|some|two|three|four|five|\d+|of|with|and)\s+(?:\w+ly\s+)?[a-z]{2,}ed\s+[a-z]+", re.I)
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_NOUN_START = re.compile(r"(?:An?|The|Two|Three|Four|Five|Six|Several|Some|Many|Dozens|Hundreds|Part|Parts|[A-Z][a-z]+s?)\b")


_PLURAL = re.compile(r"(?<!\bof )(?<!\bthe )(?<!\btwo )(?<!\bthree )\b[a-z]{2,}[^s\W]s\b")


def _is_noun_phrase(words: str) -> bool:
    """No word that might be a verb in -s, no pronoun, no clause; a plural at the very start is a noun."""
    last = words.split()[-1].lower()
    return last not in ("one", "that", "which", "who", "it", "and", "as", "be") and "," not in words and not _PLURAL.search(words)


def lacks_finite_verb(text: str) -> bool:
    """Whether the line is a noun phrase with a passive participle ("A shed flattened by hail in the town of Z.")."""
    if len(text) > 160 or not _NOUN_START.match(text):
        return False
    participle = _PARTICIPLE.search(text)
    if participle is None or not 1 <= text.count(" ", 0, participle.start()) <= 8:
        return False
    if not _is_noun_phrase(text[: participle.start()]):
        return False
    rest = text[: participle.start()] + " " + text[participle.end() :]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(rest)]
    if any(word in _FINITE or word.endswith(("'re", "'ve", "'ll", "n't")) for word in words):
        return False
    return not _ED.search(_ATTRIBUTE.sub(" ", rest))
