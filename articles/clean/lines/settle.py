"""Applies every line rule to a draft, in one order: notices, credits, head of the text, captions, headings."""

from articles.clean.characters import resolve_references, squeeze
from articles.clean.draft import Draft, Piece, Stated
from articles.clean.lines.captions import caption_rule, photo_credit_rule
from articles.clean.lines.datelines import Filed, is_speaker_line, read_artefact, read_dateline
from articles.clean.lines.headings import takes_title, type_headings
from articles.clean.lines.notices import notice_rule
from articles.clean.lines.restatements import restatement_rule
from articles.clean.lines.signatures import credited_owner, is_name_line, read_byline, read_sign_off, signature_rule
from articles.clean.moments import find_date

_BYLINE_LINES = 6
_HEAD_PARAGRAPHS = 4
_LEAST_FILED = 60
"""Characters: a shorter line in capitals before a colon is a heading rather than a dateline."""
_LEAST_REPEATED = 80
"""Characters: shorter lines may well stand twice, in a recipe or a list of results."""
_MOST_REPEATS = 3
_RESOLVED = "character references resolved"


def settle(draft: Draft) -> None:
    """Types every line of the draft and takes out what is not the article's; the rule of each stands in `dropped`."""
    _resolve_references(draft)
    _cut_artefact(draft)
    _drop_notices(draft)
    _drop_stamp_as_title(draft)
    _take_bylines(draft)
    _drop_repeated_title(draft)
    _take_unsigned_byline(draft)
    if not draft.title and takes_title(draft.pieces):
        draft.title = draft.pieces.pop(0).text
        draft.drop(draft.title, "title")
    _take_bylines(draft)
    _cut_dateline(draft)
    _cut_sign_off(draft)
    _drop_captions(draft)
    _drop_repeats(draft)
    draft.pieces = type_headings(draft.pieces)


def _resolve_references(draft: Draft) -> None:
    for number, piece in enumerate(draft.pieces):
        words = resolve_references(piece.text) if "&" in piece.text else piece.text
        if words != piece.text:
            draft.pieces[number] = piece._replace(text=squeeze(words) or "&")
            if _RESOLVED not in draft.repairs:
                draft.repairs.append(_RESOLVED)


def _cut_artefact(draft: Draft) -> None:
    if draft.pieces and (filed := read_artefact(draft.pieces[0].text)):
        _cut(draft, 0, filed)


def _drop_notices(draft: Draft) -> None:
    kept = []
    for piece in draft.pieces:
        rule = _line_rule(piece)
        if rule is None:
            kept.append(piece)
            continue
        draft.drop(piece.text, rule)
        if rule in ("copyright line", "agency credit", "reporting credit"):
            draft.credit(credited_owner(piece.text))
        elif rule == "time stamp":
            _take_time(draft, piece.text)
    draft.pieces = kept


def _drop_stamp_as_title(draft: Draft) -> None:
    """Where a scraper took the line above the headline for it, the headline still stands in the text."""
    if draft.title and notice_rule(draft.title) == "time stamp":
        draft.drop(draft.title, "time stamp")
        _take_time(draft, draft.title)
        draft.title = ""


def _line_rule(piece: Piece) -> str | None:
    if piece.kind == "table":
        return None
    return notice_rule(piece.text) or signature_rule(piece.text) or photo_credit_rule(piece.text)


def _take_time(draft: Draft, text: str) -> None:
    read = find_date(text)
    if read is None:
        return
    if text.lower().startswith(("updated", "last", "modified")):
        draft.modified = draft.modified or read.at
    else:
        draft.state_time(Stated(read.at, read.precision, "text"))


def _take_bylines(draft: Draft) -> None:
    for number, piece in enumerate(draft.pieces[:_BYLINE_LINES]):
        names = read_byline(piece.text) if piece.kind in ("line", "paragraph") else None
        if names is not None:
            draft.sign(names)
            draft.credit(credited_owner(piece.text))
            draft.drop(piece.text, "byline")
            del draft.pieces[number]
            return


def _take_unsigned_byline(draft: Draft) -> None:
    """Names above the first paragraph of a text whose title is known: the author's, then perhaps the outlet's."""
    if not draft.title or draft.byline:
        return
    for _ in range(2):
        if len(draft.pieces) < 3 or not _is_unsigned_byline(draft.pieces[0]):
            return
        name = draft.pieces.pop(0).text
        draft.drop(name, "byline")
        if not name.isupper():
            draft.sign([name])


def _is_unsigned_byline(piece: Piece) -> bool:
    return piece.kind == "line" and is_name_line(piece.text)


def _drop_repeated_title(draft: Draft) -> None:
    wanted = _bare(draft.title)
    for number, piece in enumerate(draft.pieces[:3]):
        if wanted and _may_open(piece.text, wanted) and _bare(piece.text) == wanted and not _is_full_sentence(piece):
            draft.drop(piece.text, "title")
            del draft.pieces[number]
            return


def _is_full_sentence(piece: Piece) -> bool:
    """A headline has no full stop: where the "title" is the first sentence once more, the text keeps it."""
    return piece.kind != "heading" and piece.text.rstrip("\"'”’ ").endswith(".")


def _may_open(text: str, wanted: str) -> bool:
    """A look at the first letters spares most paragraphs the whole of it."""
    start = text[:24]
    return not start.isascii() or wanted.startswith(_bare(start))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _cut_dateline(draft: Draft) -> None:
    """A dateline opens the first paragraph; a transcript's speaker, who opens many, is none."""
    for number, piece in enumerate(draft.pieces[:_HEAD_PARAGRAPHS]):
        if piece.kind not in ("line", "paragraph"):
            continue
        filed = read_dateline(piece.text)
        if (
            filed
            and (filed.credits or len(piece.text) >= _LEAST_FILED)
            and not (filed.cut.rstrip().endswith(":") and _is_transcript(draft))
        ):
            _cut(draft, number, filed)
            return


def _is_transcript(draft: Draft) -> bool:
    return sum(is_speaker_line(piece.text) for piece in draft.pieces) >= 3


def _cut(draft: Draft, number: int, filed: Filed) -> None:
    piece = draft.pieces[number]
    draft.drop(squeeze(filed.cut), filed.rule)
    draft.pieces[number] = piece._replace(text=piece.text[len(filed.cut) :].strip())
    draft.dateline = draft.dateline or filed.place
    draft.credit(filed.credits)
    draft.state_time(filed.stated)


def _cut_sign_off(draft: Draft) -> None:
    if not draft.pieces or draft.pieces[-1].kind == "table":
        return
    piece = draft.pieces[-1]
    signed = read_sign_off(piece.text)
    if signed and len(signed[0]) < len(piece.text):
        draft.drop(squeeze(signed[0]), "agency credit")
        draft.credit(signed[1])
        draft.pieces[-1] = piece._replace(text=piece.text[: -len(signed[0])].strip())


def _drop_captions(draft: Draft) -> None:
    kept = []
    texts = [piece.text for piece in draft.pieces]
    for number, piece in enumerate(draft.pieces):
        rule = None
        if piece.kind in ("line", "paragraph") and len(draft.pieces) > 1:
            rule = caption_rule(piece.text) or restatement_rule(texts, number)
        if rule:
            draft.drop(piece.text, rule)
        else:
            kept.append(piece)
    draft.pieces = kept


def _drop_repeats(draft: Draft) -> None:
    """A long line that stands twice is a pull quote or a teaser; where many do, the text is made so."""
    seen: set[str] = set()
    again = [_is_again(piece, seen) for piece in draft.pieces]
    if not 0 < sum(again) <= _MOST_REPEATS:
        return
    for piece, repeated in zip(draft.pieces, again, strict=True):
        if repeated:
            draft.drop(piece.text, "repeated line")
    draft.pieces = [piece for piece, repeated in zip(draft.pieces, again, strict=True) if not repeated]


def _is_again(piece: Piece, seen: set[str]) -> bool:
    if piece.kind not in ("line", "paragraph") or len(piece.text) < _LEAST_REPEATED:
        return False
    key = piece.text.lower()
    known = key in seen
    seen.add(key)
    return known
