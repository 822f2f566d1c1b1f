"""Elements of a page that never hold the article, told by tag, role and class name; each with its rule."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_CUT = "script,style,noscript,template,svg,iframe,button,select,textarea,input,object,embed,video,audio,canvas,[hidden]"
_SIDE_TAGS = {"nav": "navigation", "footer": "page footer", "aside": "aside", "dialog": "dialog"}
_SIDE_ROLES = {"navigation": "navigation", "complementary": "aside", "contentinfo": "page footer", "dialog": "dialog"}
_HIDDEN = '[style*="display:none"],[style*="display: none"]'
_KEPT_TAGS = frozenset(("html", "body", "article", "main", "p", "h1"))
_MOST_JUNK = 0.4
"""Share of the page's paragraph text above which an element is no junk, whatever its class says."""
_MOST_CAPTION = 700

_WORDS = {
    "share_bar": r"share\w*|sharing|social\w*|toolbar|follow-?us",
    "comment_prompt": "comments?|disqus|respond|livefyre",
    "newsletter_prompt": r"newsletters?|signup|sign-up|subscri\w+|paywall\w*|login|register",
    "cookie_notice": "cookies?|consent|gdpr",
    "advertisement": r"advert\w*|ads?|adslot|sponsor\w*|outbrain|taboola|promo\w*",
    "related_links": r"related\w*|recirc\w*|recommend\w*|most|popular|trending|teasers?|readmore|read-more|"
    "carousel|slideshow|more-stories|more-on",
    "photo_caption": r"caption\w*|figcaption|wp-caption\w*|credits?|photo-?credit|img-?credit",
    "navigation": "sidebar|breadcrumbs?|nav|navigation|navbar|menu|footer|pagination|pager|toc|widgets?|"
    "sr-only|visually-hidden|popup|modal|overlay",
    "page_furniture": "taglist|tags|byline|bio|timestamp|copyright|rating|poll",
}
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:" + "|".join(f"(?P<{rule}>{words})" for rule, words in _WORDS.items()) + r")(?=$|[\s_-])",
    re.IGNORECASE,
)

Junk = Mapping[int, str]
"""Node identity to rule."""


def mark_junk(tree: LexborHTMLParser) -> Junk:
    """Cuts what holds no text at all out of the tree; returns the elements to pass over, with their rules."""
    for node in tree.css(_CUT):
        node.decompose()
    junk = {}
    limit = _MOST_JUNK * (paragraph_text(tree.root) or 1)
    for node in tree.css(f"nav,footer,aside,dialog,[role],[class],[id],{_HIDDEN}"):
        rule = _rule(node)
        if rule and _may_go(node, rule, limit):
            junk[node.mem_id] = rule
    return junk


def paragraph_text(node: LexborNode | None) -> int:
    """Characters in all paragraphs of the element."""
    return sum(len(paragraph.text(deep=True)) for paragraph in node.css("p")) if node else 0


def _rule(node: LexborNode) -> str | None:
    attributes = node.attributes
    sided = _SIDE_TAGS.get(node.tag or "") or _SIDE_ROLES.get(attributes.get("role") or "")
    if sided:
        return sided
    if "display:none" in (attributes.get("style") or "").replace(" ", ""):
        return "hidden element"
    return _rule_of_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")


@lru_cache(maxsize=8192)
def _rule_of_name(named: str) -> str | None:
    """Cached: classes repeat on a page, and from page to page of a site."""
    match = _JUNK.search(named)
    return (match.lastgroup or "").replace("_", " ") if match else None


def _may_go(node: LexborNode, rule: str, limit: float) -> bool:
    if node.tag in _KEPT_TAGS and not (node.tag == "p" and rule == "photo caption"):
        return False
    if rule == "photo caption":
        return len(node.text(deep=True)) <= _MOST_CAPTION
    if rule in ("share bar", "navigation") and node.css_first("blockquote") is not None:
        return False
    return paragraph_text(node) < limit
