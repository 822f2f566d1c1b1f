"""Photo captions and photo credits between the paragraphs of an article.

Sure signs settle it alone: a photo credit, a side in brackets, "pictured". A short sentence without a finite verb
("A van crushed by a tree near the town of Z.") is a caption too. What remains in doubt stays in the text.
"""

import re

from articles.clean.agencies import AGENCY
from articles.clean.lines.shape import count_sentences, ends_sentence, has_any
from articles.clean.lines.verbs import lacks_finite_verb

MAX_CAPTION = 420
"""Characters: agencies' longest captions; a paragraph above it is never one."""

_LIBRARY = (
    rf"(?:{AGENCY}|Getty(?: Images)?|GETTY IMAGES|AFP/Getty|Shutterstock|iStock|Alamy|Unsplash|Pixabay|Pexels|Rex(?: Features)?|ZUMA|"
    r"Sipa(?: USA)?|VCG|CFP|NurPhoto|LightRocket|Redux|Corbis|Magnum|Flickr|Wikimedia(?: Commons)?|Handout|File|"
    r"Agencies|IC|Supplied|Courtesy|Pool)"
)
_NAME = r"[A-ZÀ-Þ][\w'’.\-]*(?: (?:[A-ZÀ-Þ][\w'’.\-]*|and|de|van|von|al|bin|der|of|&)){0,8}"

_SURE = (
    ("photo credit", re.compile(
        rf"^(?:image|photo|picture|pic|photograph|illustration|graphic|video|foto|credits?|source)s?(?: credit| courtesy| source)?s?\s*(?:by|:|/|©|courtesy of|via)\s*.{{2,120}}$"
        rf"|^(?:{_NAME}\s?)?[/|©]\s?{_LIBRARY}(?:\s?[/|]\s?{_NAME})*\W*$|^(?:{_LIBRARY}(?:\s?[/|]\s?|\s+(?:photo|images?|via)\b\s*)){{1,3}}(?:{_NAME})?\W*$"
        r"|^\[?\(?photos?/[\w ]+\)?\]?$|^(?:Getty Images|GETTY IMAGES|iStock|Shutterstock|Handout|File photo|FILE PHOTO|File)$|^photo(?:graph)? by .{3,80}$",
        re.IGNORECASE,
    )),
    ("photo caption", re.compile(
        r"^(?:(?:image|photo|picture|file|media|video) caption\b|file photo\b|file image\b|\(?file\)? ?[-–—:] |enlarge (?:this )?image|pictured(?: here| above| below| left| right)?\b|above:|below:|in (?:this|an undated) [^.]{0,60}(?:photo|picture|image|photograph|frame grab|handout)\b"
        r"|toggle caption|caption\s*:|(?:a|this|an undated|a handout|a combination|an aerial|a satellite|a general) (?:\w+ )?(?:photo(?:graph)?|picture|image|screengrab|screenshot|view)\b (?:of\b|from\b|taken\b|released\b|provided\b|shows?\b|made\b|obtained\b)|(?:a )?general view of\b|close [A-Z].* VPC$|(?:people|police|a man|a woman|women|men|children|protesters|residents|soldiers|firefighters|rescuers)\b[^.]{0,60}\b(?:in this|file) (?:photo|picture|image)\b)",
        re.IGNORECASE,
    )),
)
_CREDIT_END = re.compile(
    rf"(?:/\s?{_NAME}(?:,? {_NAME})*)?/\s?{_LIBRARY}\W*$"
    rf"|[(\[](?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?|[Pp]ics?|[Cc]redit|PHOTO|FILE PHOTO|[Ff]ile [Pp]hoto|[Ss]ource)\b[^()\[\]]{{0,120}}[)\]]\.?\s*(?:\w+ ?){{0,3}}$"
    rf"|[(\[][^()\[\]]{{0,60}}(?:/ ?{_LIBRARY}|Getty Images|AP Photo|Shutterstock|via {_LIBRARY}|{_LIBRARY} [Pp]hoto|[Ff]ile [Pp]hoto|[Hh]andout)[^()\[\]]{{0,80}}[)\]]\.?\s*(?:\w+ ?){{0,3}}$"
    rf"|(?<![a-z] )(?:\b(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture|[Pp]ic|Credit|PHOTO)s?(?: credit)?\s?(?::|by\b|/|courtesy)\s?[^.]{{2,80}})$"
    rf"|\b[A-Z]\w+(?: [A-Z]\w+){{0,3}}\s?/\s?(?:{_LIBRARY})\W*$|(?:©|\|)\s?[^.|©]{{2,60}}$|[—–-] ?(?:AFP|AP|Reuters|EPA|Bernama) (?:pic|photo|file pic|image)s?\W*$"
    rf"|\b(?:Getty Images|AP Photo|Shutterstock|Handout via {_LIBRARY})\W*$|\.\s+(?:{_LIBRARY}|[A-Z][\w.'’-]+ [A-Z][\w.'’-]+),? (?:for|via|/) ?[A-Z][\w .]{{2,40}}$"
)
_SIDE = re.compile(
    r"\((?:L|left|right|cent(?:er|re)|top|bottom|front|back|top left|top right|[LRC]-[LRC]|(?:second|third|far|2nd|3rd)[ -](?:from )?(?:left|right|L|R))\)"
    r"|, (?:left|right|cent(?:er|re)|top|from left|second from (?:left|right)),|\b(?:from left to right|clockwise from|second from (?:left|right)|from left)\b"
)
_BE = r"(?:was|were|been|be|being|is|are|has|have|had|not|never|ever|often|widely|rarely|last|be|can|could|largely|as|also|first|once)"
_SIDE_AND_DATE = re.compile(r"[^,]{3,80}(?:,[^,]{3,60})?, (?:left|right|cent(?:er|re)),.{10,200}?\b(?:19|20)\d\d\. ")
_CREDIT_HINTS = ("/", "(", "[", "©", "|", "hoto", "HOTO", "mage", "ic:", "ic by", "redit", "Getty", "stock", "ndout", "AFP", "AP", "pic", ", for")
_SIDE_HINTS = ("(", " left", " right", "clockwise", ", center,", ", centre,", ", top,")
_SEEN_HINTS = (" seen ", " pictured ", " photographed ", " shown ")
_ABBREVIATED = r"(?:(?<=\bMr)|(?<=\bMrs)|(?<=\bMs)|(?<=\bDr)|(?<=\bGen)|(?<=\bSen)|(?<=\b[A-Z]))\."
_SEEN = re.compile(
    rf"^(?!.*\b{_BE} (?:seen|pictured|shown|photographed)\b)(?:[^.;:]|{_ABBREVIATED}){{3,100}}?,? (?:seen|pictured|photographed|shown) "
    r"(?:(?:here|above|below)\b|with|at|in|on|during|outside|before|after|speaking|addressing|leaving|arriving|\w+ing|earlier|last|this|near|beside|alongside|from|through|behind|inside)\b"
)
_IS_SEEN = re.compile(
    rf"^(?:[^.;:\"“]|{_ABBREVIATED}){{3,100}}? (?:is|are) (?:seen|pictured|photographed|shown) (?:here|above|below|outside|inside|near|next to|beside|alongside|leaving|arriving|speaking|walking|addressing|during|at|(?:in|on) (?:this|the|a|an|his|her|their|[A-Z]))\b"
)
_FINITE_BEFORE_SEEN = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says|told|can|could|may|might|must|should)\b")
_SPEECH = re.compile(r"\b(?:said|says|told|added|asked|insisted|warned|noted|stated|wrote|according to)\b")


def photo_credit_rule(text: str) -> str | None:
    """The rule by which a line is nothing but a photo credit or an announced caption."""
    if len(text) > MAX_CAPTION:
        return None
    return next((rule for rule, pattern in _SURE if pattern.match(text)), None)


def caption_rule(text: str) -> str | None:
    """The rule by which a line that stands between paragraphs describes a picture; `None` if that is not sure."""
    if len(text) > MAX_CAPTION:
        return None
    if has_any(text[-160:], _CREDIT_HINTS) and _CREDIT_END.search(text) and count_sentences(text) <= 4:
        return "caption with credit"
    if text[0] in "\"“‘'«":
        return None
    if has_any(text, _SIDE_HINTS) and _names_sides(text):
        return "caption naming sides"
    if len(text) > 200 or count_sentences(text) > 1:
        return None
    if has_any(text, _SEEN_HINTS) and _is_seen(text):
        return 'caption with "seen"'
    return "caption without a verb" if ends_sentence(text) and lacks_finite_verb(text) else None


def _names_sides(text: str) -> bool:
    """One sentence, or several of which the first gives a full date too, as agencies do."""
    if not _SIDE.search(text) or _SPEECH.search(text):
        return False
    return count_sentences(text) == 1 or bool(_SIDE_AND_DATE.match(text))


def _is_seen(text: str) -> bool:
    if _SPEECH.search(text):
        return False
    if _IS_SEEN.match(text):
        return True
    seen = _SEEN.match(text)
    return bool(seen) and not _FINITE_BEFORE_SEEN.search(text)
