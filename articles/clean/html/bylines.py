"""Who signed a page: the names in its metadata, held against the byline that readers see."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.clean.characters import squeeze
from articles.clean.html.linked import MOST_AUTHORS, Item, kinds_of, names_of

_SIGNED = '[rel~="author"],[itemprop~="author"],[class*="yline"],[class*="uthor"],[class*="eporter"]'
"""Without first letters, which may be capitals: comparing without regard to case takes far longer."""
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|related\w*|recommend\w*|sidebar|footer|aside|teasers?|trending|popular)(?=$|[\s_-])",
    re.IGNORECASE,
)
_PARTS = "br,div,p,li,h2,h3,time,[class*='ate'],[class*='ime'],[class*='ocial']"
_MOST_SEEN = 8
_MOST_LENGTH = 160
_MOST_ABOVE = 3
_MOST_SINGLE = 60
_BY = re.compile(
    r"^\W*(?:(?:[A-Za-z]+ )?by\b|von\b|por\b|par\b|(?:author|text|words|автор|текст):)\s*:?\s*|^[\s–—|•·-]+",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s*(?:[A-Za-z]+\s)?by\b", re.IGNORECASE)
_END = re.compile(r"\s*(?:[|•·–—/／(<@\n\t]|\s-\s|\b(?:for|in|at|on|updated|published|posted)\b\s|\d)")
_JOIN = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&|und|et)\s+", re.IGNORECASE)
_JOINED = re.compile(r"\n\s*(?:,|and\b|&)")
"""What stands between names that are parted by mark-up only."""
_JOINT = re.compile(r",|,? ?and|&")
_ROLE = re.compile(
    r"\b(?:editor|writer|reporter|correspondent|columnist|contributor|staff|producer|analyst|press|news|media|times|"
    r"post|cnn|bbc|ap|reuters|afp|critic|director|chief|phd|ph\.d|md|jr|sr)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ("de", "da", "van", "von", "der", "den", "al", "bin", "la", "le", "el", "du", "di", "dos", "ten", "ter", "y", "e")
)
_ADDRESS = re.compile(r"https?:|www\.|\S+@")
_NO_NAME = re.compile(r"https?:|www\.|[@/\d]|\.com\b")
_USER = re.compile(r"[a-z0-9._-]+$")


class _Seen(NamedTuple):
    """Names that readers see, and whether a "By" stands before them."""

    names: list[str]
    by: bool


def authors_of(
    tree: LexborHTMLParser, stated: Iterable[str], site: str, below_title: Callable[[], Sequence[str]]
) -> list[str]:
    """The authors. `stated`: by the metadata; `site`: its name; `below_title`: gives the lines there.

    A byline that readers see wins where the metadata name nobody, a user, the site itself or only some of those who
    signed; and where a "By" stands before it, as metadata may name who put the page online.
    """
    known = list(dict.fromkeys(name for text in stated for name in split_names(text)))
    nodes = _signed(tree)
    seen = next(_read(nodes), None)
    if seen:
        persons = {name.casefold() for name in known if not _is_nobody(name, site)}
        return seen.names if seen.by or persons <= {name.casefold() for name in seen.names} else known
    return known or _single_name(nodes) or _signed_line(below_title())


def signers_of(item: Item, site: str) -> Iterator[str]:
    """The authors that the page's JSON-LD names, but for the organisation that publishes it: that is no byline."""
    own = {_letters(name) for name in (site, *names_of(item.get("publisher")))}
    authors = item.get("author")
    for author in authors[:MOST_AUTHORS] if isinstance(authors, list) else [authors]:
        is_body = isinstance(author, dict) and any(kind.endswith("Organization") for kind in kinds_of(author))
        yield from (name for name in names_of(author) if not (is_body and _letters(name) in own))


def split_names(text: str) -> list[str]:
    """The names of "By A, B and C, role": a part that names a role ends them; a lone user name or office stays."""
    bare = _without_by(squeeze(text))
    if _ADDRESS.match(bare):
        return []
    end = _END.search(bare)
    parts = [part.strip(" .,:") for part in _JOIN.split(bare[: end.start()] if end else bare)]
    names: list[str] = []
    for part in filter(None, parts):
        if _NO_NAME.search(part) or len(part) < 3 or len(part) > 60 or (names and _ROLE.search(part)):
            break
        names.append(part)
    return [name for number, name in enumerate(names) if number == 0 or " " in name or " " not in names[0]]


def _without_by(text: str) -> str:
    for _ in range(2):
        text = _BY.sub("", text)
    return text


def _is_nobody(name: str, site: str) -> bool:
    return bool(_USER.match(name)) or _letters(name) in _letters(site) or _letters(site) in (_letters(name), "the")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _signed(tree: LexborHTMLParser) -> list[LexborNode]:
    """The first elements marked as bylines, below the title if there are any, outside of lists and comments."""
    nodes = tree.css(f"h1,{_SIGNED}")
    title = next((number for number, node in enumerate(nodes) if node.tag == "h1"), -1)
    below = nodes[title + 1 : title + 1 + _MOST_SEEN] or nodes[:_MOST_SEEN]
    return [node for node in below if node.tag not in ("h1", "meta", "link") and not _is_elsewhere(node)]


def _is_elsewhere(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(_MOST_ABOVE):
        if current is None or current.tag == "body":
            return False
        attributes = current.attributes
        if _ELSEWHERE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''} {current.tag}"):
            return True
        current = current.parent
    return False


def _read(nodes: Iterable[LexborNode]) -> Iterator[_Seen]:
    for node in nodes:
        text = node.text(deep=True, separator="\n")
        whole = [squeeze(node.text(deep=True))] if _JOINED.search(text) and not _is_parted(node) else []
        for line in (*whole, *_lines(text)):
            persons = split_names(line)
            if persons and all(map(_is_person, persons)):
                yield _Seen(persons, bool(_OPENS.match(text)))


def _is_parted(node: LexborNode) -> bool:
    """Whether the element holds several lines, or a date: the names end where these begin."""
    return any(part.mem_id != node.mem_id for part in node.css(_PARTS))


def _single_name(nodes: Iterable[LexborNode]) -> list[str]:
    """A user's or an office's name after "by"."""
    for node in nodes:
        text = squeeze(node.text(deep=True))
        if len(text) <= _MOST_SINGLE and _OPENS.match(text):
            return split_names(text)[:1]
    return []


def _signed_line(lines: Sequence[str]) -> list[str]:
    """The name in a line that opens with "by", or in the one after it."""
    for number, line in enumerate(lines):
        if _OPENS.match(line) and len(line) <= _MOST_SINGLE:
            return split_names(line if _without_by(line) else _joined(lines[number + 1 :]))
    return []


def _joined(lines: Sequence[str]) -> str:
    """The first line, and those that go on after "and" or a comma of their own."""
    text = lines[0] if lines else ""
    for joint, name in zip(lines[1::2], lines[2::2], strict=False):
        if not _JOINT.fullmatch(joint):
            break
        text += f"{joint} {name}" if joint == "," else f" {joint} {name}"
    return text


def _lines(text: str) -> Iterator[str]:
    """The first lines with letters other than "By"."""
    if len(text) > 4 * _MOST_LENGTH:
        return
    lines = [line for line in map(squeeze, text.split("\n")) if _without_by(line)]
    yield from (line for line in lines[:2] if len(line) <= _MOST_LENGTH)


def _is_person(name: str) -> bool:
    words = name.split()
    capital = [word for word in words if word[:1].isupper()]
    return 2 <= len(words) <= 5 and len(capital) >= 2 and all(word in capital or word in _PARTICLES for word in words)
