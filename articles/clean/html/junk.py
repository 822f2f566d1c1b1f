"""Elements of a page that never hold the article, told by tag, role and class name; each with its rule."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_CUT = "script,style,noscript,template,svg,iframe,button,select,textarea,input,object,embed,video,audio,canvas,[hidden]"
_SIDE_TAGS = {"nav": "navigation", "footer": "page footer", "aside": "aside", "dialog": "dialog"}
_SIDE_ROLES = {"navigation": "navigation", "complementary": "aside", "contentinfo": "page footer", "dialog": "dialog"}
_KEPT_TAGS = frozenset(("html", "body", "article", "main", "p", "h1"))
_MOST_JUNK = 0.4
"""Share of the page's paragraph text above which an element is no junk, whatever its class says."""
_MOST_CAPTION = 700
_SMALL = frozenset(("related links", "share bar", "advertisement"))
_MOST_SMALL = 200
"""Characters of a single paragraph that its class alone makes no part of the article."""
_SURE = frozenset(("page footer", "cookie notice", "dialog"))

_WORDS = {
    "share_bar": r"share\w*|sharing|social\w*|toolbar|follow-?us",
    "comment_prompt": "comments?|disqus|respond|livefyre",
    "newsletter_prompt": r"newsletters?|signup|sign-up|subscri\w+|paywall\w*|login|register|cta",
    "cookie_notice": "cookies?|consent|gdpr",
    "advertisement": r"advert\w*|ads?|adslot|sponsor\w*|outbrain|taboola|promo\w*",
    "related_links": r"related\w*|recirc\w*|recommend\w*|most|popular|trending|teasers?|readmore|read-more|"
    "carousel|slideshow|more-stories|more-on",
    "page_footer": "footer",
    "photo_caption": r"caption\w*|figcaption|wp-caption\w*|credits?|photo-?credit|img-?credit",
    "navigation": "sidebar|breadcrumbs?|nav|navigation|navbar|menu|pagination|pager|toc|widgets?|"
    "sr-only|visually-hidden|popup|modal|overlay",
    "not_for_print": "d-print-none|no-?print|print-hid(?:e|den)|hid(?:e|den)-print|robots-nocontent",
    "author_note": r"author-(?:bio\w*|box|card|info|content|description|details|profile)|about-(?:the-)?authors?|"
    "post-author|bio",
    "page_furniture": "taglist|tags|byline|timestamp|copyright|rating|poll",
}
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:" + "|".join(f"(?P<{rule}>{words})" for rule, words in _WORDS.items()) + r")(?=$|[\s_-])",
    re.IGNORECASE,
)


class Junk:
    """Tells of each element whether it is to be passed over, and why; looked up only for elements that matter.

    `weights`: characters of paragraph text below each element, by its identity; `total`: of the whole page.
    """

    def __init__(self, weights: Mapping[int, float], total: float) -> None:
        self._weights = weights
        self._limit = _MOST_JUNK * (total or 1)
        self._known: dict[int, str | None] = {}

    def rule(self, node: LexborNode) -> str | None:
        """The rule by which the element itself is junk, whatever stands around it."""
        key = node.mem_id
        if key not in self._known:
            rule = _rule(node)
            self._known[key] = rule if rule and self._may_go(node, rule) else None
        return self._known[key]

    def _may_go(self, node: LexborNode, rule: str) -> bool:
        if node.tag == "p" and rule in _SMALL:
            return len(node.text(deep=True)) <= _MOST_SMALL
        if node.tag in _KEPT_TAGS and not (node.tag == "p" and rule == "photo caption"):
            return False
        if rule == "photo caption":
            return len(node.text(deep=True)) <= _MOST_CAPTION
        if rule in ("share bar", "navigation") and node.css_first("blockquote") is not None:
            return False
        return self._weights.get(node.mem_id, 0) < self._limit * (2 if rule in _SURE else 1)


def cut_textless(tree: LexborHTMLParser) -> None:
    """Cuts what holds no text for readers at all out of the tree."""
    for node in tree.css(_CUT):
        node.decompose()


def _rule(node: LexborNode) -> str | None:
    sided = _SIDE_TAGS.get(node.tag or "")
    if sided:
        return sided
    attributes = node.attributes
    if not attributes:
        return None
    role = attributes.get("role")
    if role in _SIDE_ROLES:
        return _SIDE_ROLES[role]
    if "display:none" in (attributes.get("style") or "").replace(" ", ""):
        return "hidden element"
    return _rule_of_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")


@lru_cache(maxsize=8192)
def _rule_of_name(named: str) -> str | None:
    """Cached: classes repeat on a page, and from page to page of a site."""
    match = _JUNK.search(named)
    return (match.lastgroup or "").replace("_", " ") if match else None
