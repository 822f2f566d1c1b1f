"""Lines that a site puts around its articles: one named rule each, over whole lines, general to any outlet.

A rule sees a line only if it is no longer than the rule's limit in characters: a notice is short, and an
article's paragraph that speaks of cookies or newsletters must stay.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from articles.clean.lines.shape import has_any
from articles.clean.moments import MONTH

_SITE = r"(?:this|our|the) (?:web ?)?(?:site|page|service|platform)"
_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|whats app|linkedin|telegram|reddit|pinterest|messenger|tumblr|flipboard|instagram|"
    r"threads|bluesky|mastodon|youtube|tiktok|viber|line|wechat|weibo|vk|google\+?|google news|rss|e-?mail|mail|sms|print|"
    r"copy(?: link| url)?|link|link copied|share|tweet|post|pin|pin it|save|bookmark|like|more|comments?|gift|listen|text|a\+|a-)"
)
_LANGUAGES = (
    r"(?:english|français|francais|french|español|espanol|spanish|deutsch|german|italiano|italian|português|portuguese|русский|"
    r"russian|українська|ukrainian|中文|chinese|简体中文|繁體中文|日本語|japanese|한국어|korean|العربية|عربي|arabic|türkçe|turkish|"
    r"हिन्दी|हिंदी|hindi|فارسی|persian|polski|polish|nederlands|dutch|svenska|bahasa(?: indonesia)?|tiếng việt|română|ελληνικά|"
    r"čeština|magyar|српски|srpski|hrvatski|ไทย|עברית|اردو|urdu|বাংলা|தமிழ்|kiswahili)"
)


class Notice(NamedTuple):
    """A rule's name, the longest line it may take (characters), and its pattern, matched at the line's start.

    `needs`: one of these must be in the lower-cased line; spares the slow patterns most lines.
    """

    rule: str
    limit: int
    pattern: str
    needs: tuple[str, ...] = ()


NOTICES = (
    Notice("separator", 400, r"[\W_]+$"),
    Notice("bare link", 400, r"(?:https?://|www\.)\S+$"),
    Notice(
        "cookie notice",
        700,
        rf"by (?:continuing|clicking|using|browsing|closing|accessing|choosing)\b.{{0,120}}\b(?:cookies?|terms|privacy|{_SITE})"
        rf"|(?:(?:{_SITE}|we|we and our (?:\w+ )?partners|[\w.\-]{{3,40}}) uses?|we(?:'|’)ve updated our|we have updated our) (?:\w+ ){{0,3}}(?:cookies|privacy)"
        r"|(?:accept|reject|manage|allow|deny|view|change|customi[sz]e)(?: all| my| your| the)? (?:cookies?|preferences|consent)\b.{0,40}$"
        r"|(?:cookie|consent|privacy) (?:settings|policy|preferences|notice|consent|statement|choices)\.?$"
        r"|(?:your|we value your|we care about your) privacy(?: choices| matters| settings)?\b.{0,40}$"
        r"|you can (?:change|manage|withdraw|adjust|update) your (?:cookie|privacy|consent|tracking)"
        r"|(?:diese (?:web)?seite|wir) (?:verwende[nt]|nutz(?:en|t)) cookies"
        r"|(?:ce site|nous) (?:utilise|utilisons) des cookies|en poursuivant votre navigation"
        r"|(?:este sitio|esta web|utilizamos|usamos)\b.{0,30}\bcookies|(?:questo sito|utilizziamo)\b.{0,30}\bcookie",
    ),
    Notice(
        "player consent",
        700,
        r"(?:we|this \w+) (?:need|require|ask for|want)s? your (?:consent|permission|agreement|approval)\b"
        r"|we ask for your permission before"
        r"|to (?:display|view|show|see|watch|play|load) this (?:content|video|post|embed|media|map|element)\b.{0,60}\b(?:accept|enable|allow|consent|cookies|javascript|agree)"
        r"|(?:this|the) (?:content|post|video|embed|element|map|article)\b.{0,60}\b(?:provided by|hosted by|served by|loaded from)\b.{0,40}\b(?:third.part|google|youtube|twitter|x|facebook|instagram|tiktok|which may|it may)"
        r"|(?:please )?(?:review|read) their (?:details|polic)"
        r"|manage (?:preferences|consent|choices)$"
        r"|allow [\w \-]{2,30} content\??$",
    ),
    Notice(
        "player notice",
        300,
        r"(?:your browser does ?n[o'’]t support|please (?:enable|turn on) javascript|javascript (?:is|must be) |(?:this|the) video (?:is|can ?not|is not) |video unavailable|"
        r"playback of this video|media playback is|sorry, (?:this|your|the) (?:video|browser|player|content))"
        r"|(?:play|pause|mute|unmute|replay|watch)(?: the)? (?:video|audio|live|now|clip)\b.{0,30}$|now playing\b.{0,80}$|(?:loading|buffering)(?:\.\.\.|…)?$"
        r"|listen to (?:this|the) (?:article|story|episode)\b.{0,60}$|\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?$|autoplay\b.{0,40}$|up next\b.{0,60}$",
    ),
    Notice("language chooser", 300, rf"(?:choose|select|change|switch)(?: your| a| the)? (?:language|edition|region)s?\W*$|{_LANGUAGES}(?:\W+{_LANGUAGES})+\W*$"),
    Notice(
        "licence number",
        200,
        r"(?=.*\d{4})[^.!?]*(?:许可证|許可證|备案|備案|ICP[备證证\-]|公网安备|经营性|执照|刊号|登録番号|허가번호|등록번호|(?i:licen[cs]e (?:no|number|n°|#)|registration (?:no|number|n°)|лицензи[яи] |свидетельств|lizenznummer|numéro de licence|licencia n|ISSN|VAT (?:no|number)|company (?:no|number)))[^.!?a-z]{0,60}$",
    ),
    Notice(
        "hotline",
        200,
        r"(?:[^\W\d][\w&'’/\-]*\s+){0,8}(?:hot ?line|help ?line|tip ?line|phone|tel|telephone|fax|call us|contact|whatsapp|举报电话|热线|电话|телефон|горячая линия)\s*[:：.]?\s*\(?\+?\d[\d\s().\-/]{5,}\W*$"
        r"|(?:report|reporting)\b[^.]{0,60}\b(?:hot ?line|tip ?line)\b[^.]{0,60}\d{4,}\W*$|\S{0,30}(?:举报电话|举报热线|热线电话)",
    ),
    Notice(
        "share bar",
        200,
        rf"(?:share|tweet|e-?mail|print|save|bookmark|gift|copy|pin|post)(?: (?:this|the|it|on|via|by|with|to|article|story|page|post|link|your|friends?|others|a|now|{_NETWORKS})){{0,6}}\W*$"
        rf"|(?:{_NETWORKS}\W+)+{_NETWORKS}?\W*$|(?:facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|instagram|youtube|flipboard)\W*$"
        r"|(?:read or )?share this (?:story|article|page)\b.{0,80}$|share on [\w/ ,&()+.\-]{1,80}$|(?:\d[\d.,]*[km]? )?(?:shares?|likes?|views?|retweets?)\W*$|click to share\b.{0,60}$|copied!?$|link copied\W*$",
    ),
    Notice(
        "comment prompt",
        200,
        r"leave (?:a|your) (?:reply|comment)|(?:post|add|write|submit|make|view|show|hide|see|read|load|cancel)(?: (?:a|all|the|your|more|\d+|first))*(?: )?(?:comments?|reply|replies)\b.{0,30}$"
        r"|(?:no|\d+|\d+ of \d+) (?:comments?|replies|responses?)\b.{0,30}$|comments?(?: \(?\d+\)?| are closed| section| policy| disabled)?\W*$|join (?:the|our) (?:conversation|discussion|debate)"
        r"|your e-?mail address will not be|required fields are marked|(?:log|sign) in to (?:comment|reply|post|join)|be the first to comment|what do you think\? .{0,60}comments|have your say\b.{0,40}$"
        r"|(?:let us know|tell us)\b.{0,60}\bcomments?\b.{0,20}$|save my name, email",
    ),
    Notice(
        "copyright line",
        500,
        r"(?:©|\(c\)|\(C\)|℗|copyright(?: ©| \(c\)| \d{4}| by\b| reserved|\W*$)|&copy;|版权所有|著作権).{0,400}$"
        r"|(?:tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|tutti i diritti riservati|все права защищены)\b.{0,120}$"
        r"|(?:reproduction|republication) (?:in whole|without|is prohibited)",
    ),
    Notice(
        "copyright line",
        500,
        r"[^.]{0,120}\ball rights reserved\b.{0,200}$|.{0,40}\b(?:may|must|can)(?:not| not) be (?:published|reproduced|republished|redistributed|copied)\b.{0,160}$"
        r"|content created by .{2,80} is available\b.{0,400}$",
        ("all rights", "published", "reproduced", "distributed", "copied", "content created by"),
    ),
    Notice(
        "read more",
        320,
        r"(?:read|see|watch|listen|more|related|also|further)(?: (?:more|also|next|now|on|here|from|this|full|the full|in|about|reading|coverage|to|live|our))*\s?(?:stories|articles?|story|news|topics?|content|links?|posts?|reading|videos?|coverage|podcasts?|updates|analysis)?\s*(?:\||>|»|→|:|：|\W*$)"
        r"|(?:read|watch|related|also read|more (?:on|from|in|about)|must[- ]read|don['’]?t miss|recommended|in case you missed it|in pictures|in pics|you (?:may|might) (?:also )?like|people also read|lire aussi|leer más|lea también|lesen sie auch|leggi anche|mehr zum thema|читайте также|baca juga)\b(?: [\w'’\-]+){0,4} ?[:|»>].{3,280}$"
        r"|(?:read|see) (?:the )?(?:full|original|rest|whole|complete|entire) (?:story|article|report|text|interview|statement|post)\b.{0,60}$"
        r"|(?:click|tap|scroll|swipe) (?:here|down|below|through|on|to|for|the)\b.{0,160}$|(?:continue|keep) reading\b.{0,60}$|more on (?:this|the|that) (?:story|topic)\b.{0,60}$|(?:more|latest|related|top|other|popular|trending|recent|similar|featured)(?: \w+)? (?:stories|news|articles|posts|videos|headlines|topics|coverage|links|content)\b.{0,30}$"
        r"|(?:most|trending|latest|recommended|editors?['’]? picks?|popular)(?: (?:read|viewed|popular|shared|now|stories|for you|watched|commented))*\W*$|(?:you may also like|people are reading|around the web|from the web|promoted (?:content|stories)|sponsored (?:content|stories|by\b.{0,40})|what to read next|up next|suggested)\b.{0,40}$",
    ),
    Notice(
        "advertisement",
        160,
        r"(?:-+ ?)?(?:story|article|text|content|post|feature) (?:continues|continued|resumes) (?:below|after)\b.{0,80}$|(?:advertisement|advertisment|advertising|advert|publicidad|publicité|anzeige|werbung|реклама|ads?|sponsored|paid post|promoted)(?: ?[-–—.:] ?.{0,60})?$"
        r"|(?:skip|close|hide|remove|report) (?:this )?(?:ad|advertisement)s?\W*$|(?:ad|advertisement) feedback\W*$",
    ),
    Notice(
        "newsletter prompt",
        500,
        r"(?:please |also |you can |to )?(?:sign[- ]up|subscribe|register|sign me up|get (?:the|our|all|more|daily|breaking|free)|receive|stay (?:up to date|informed|tuned|connected|on top)|never miss|be the first to|want (?:more|the|to|our)|keep up)\b.{0,200}\b(?:newsletters?|inbox|e-?mail(?:s|ed)?|alerts?|briefings?|podcast|channel|whatsapp|telegram|app|subscriptions?|our updates|notifications|youtube|digest)\b.{0,200}$"
        r"|(?:thank you|thanks) for (?:subscribing|signing up|reading|your subscription|registering)\b.{0,120}$|enter your e-?mail\b.{0,80}$|e-?mail address\W*$"
        r"|(?:(?:please|also|you can) )?(?:follow|like|find|connect with|join)(?: [A-Z][\w.'’\-]*){0,4}(?: us| me| him| her| them| our)?(?: \w+){0,3} on (?:facebook|twitter|x|instagram|tiktok|telegram|whatsapp|youtube|google|linkedin|threads|flipboard|social)\b.{0,160}$|follow @?[\w@ .]{2,40}@\w+.{0,40}$|follow us\b.{0,80}$|follow @\w+\W*$"
        r"|(?:download|get|install|try) (?:the|our|[\w ]{2,30}) (?:free )?(?:mobile )?app\b.{0,160}$|join (?:our|us on|the) .{0,40}\b(?:telegram|whatsapp|channel|community|newsletter)\b.{0,80}$|(?:sign up|subscribe)(?: now| here| today| for free| to [\w' ]{2,60})?\W*$|subscribe to .{3,80} (?:on|via|in) .{3,60}$|(?:this|the) (?:article|story|piece|column) (?:first |originally )?(?:appeared|was (?:first )?(?:sent|published)) in (?:the|our) .{0,60}newsletter.{0,80}$",
    ),
    Notice(
        "newsletter prompt",
        400,
        r".{0,120}\b(?:delivered|sent|straight) (?:\w+ )?(?:to|into) your (?:inbox|e-?mail|phone)\b.{0,200}$",
        ("to your", "into your"),
    ),
    Notice(
        "paywall prompt",
        400,
        r"(?:subscribe|sign up|register|log ?in|sign in|become a (?:member|subscriber)|to continue reading|you have (?:reached|read|used|\d+|no|one)|already a (?:subscriber|member)|this (?:article|content|story|post) is (?:for|only|exclusive|available|reserved|restricted))\b.{0,100}\b(?:subscri\w+|members?|free articles?|log ?in|sign in|continue reading|read (?:this|the|more|on)|full access|unlimited|access|premium|account)\b.{0,200}$"
        r"|(?:log|sign) ?(?:in|out|up)(?: \w+)?\W*$|(?:subscribe|support|donate|become a (?:member|supporter)|support us|contribute)(?: now| today)?\W*$|my account\W*$",
    ),
    Notice("age notice", 100, r"this (?:article|story|post|content) is (?:more than|over|at least|now)? ?(?:\d+|an?|one|two|three|four|five) (?:years?|months?) old\W*$"),
    Notice(
        "time stamp",
        130,
        r"(?:first )?(?:published|updated|posted|last (?:modified|updated)|modified|issued|created|date|publié|mis à jour|veröffentlicht|publicado|actualizado|pubblicato|опубликовано)(?: (?:on|at|le|am|el|il))?\s*[:：]?\s*"
        rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,? )?(?=.{{0,24}}(?:\b(?:19|20)\d\d\b|\d:\d\d))(?:\d{{1,4}}\b|{MONTH})[^!?]{{0,70}}$"
        r"|(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:[A-Z][a-zé]{2,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|\.)? [A-Z][a-zé]{2,9}\.?,? \d{4}|\d{4}[-/.]\d\d[-/.]\d\d|\d\d?[-/.]\d\d?[-/.]\d{4})(?:,? ?(?:at|\||-|–|•)? ?\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?(?: \(?[A-Z]{2,5}\)?)?)?(?: ?[|•·\-–] ?(?:updated|\d+ min).{0,60})?\W*$"
        r"|(?:\d+|an?|one) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago(?: ?[|•·\-–].{0,40})?\W*$|\d+[- ]?min(?:ute)?s?[- ]?(?:of )?read(?:ing)?(?: time)?\W*$|(?:reading|read) time\b.{0,30}$",
    ),
    Notice("tag list", 400, r"(?:tags?|topics?|filed under|posted in|categor(?:y|ies)|keywords?|more about|in this (?:article|story)|schlagworte|etiquetas|теги|tópicos|related topics)\s*[:：].{0,380}$|(?:tags|related topics|topics|categories|keywords)\W*$|(?:#\w+\W*){2,}$"),
    Notice(
        "navigation",
        160,
        r"(?:skip|jump|back|return|go) (?:to|back to) (?:the )?(?:main |page )?(?:content|navigation|top|article|search|home|homepage|menu|footer|main)\b.{0,30}$|home\s*[>»/|›].{0,140}$|(?:menu|search|home|close|next|previous|prev|back|toggle \w+|load more|show (?:more|less)|view (?:all|more|gallery)|see all|expand|collapse|open menu|site map|about us|contact us|privacy policy|terms (?:of use|of service|and conditions|& conditions)|advertise(?: with us)?|careers|next (?:article|post|story)|previous (?:article|post|story)|hide caption|toggle caption|gallery|slideshow(?: \(\d+ (?:images|photos)\))?|image \d+ of \d+|\d+ of \d+|\d+/\d+|page \d+(?: of \d+)?|trending|top stories|breaking news|homepage|topics|sections|follow|following|expand all)\W*$",
    ),
    Notice(
        "tip prompt",
        300,
        r"(?:do you have|have you|got|are you|know|were you)\b.{0,80}\?.{0,100}\b(?:e-?mail|contact|get in touch|let us know|tell us|send|call|message)\b.{0,100}$|(?:send|e-?mail) (?:us )?(?:your )?(?:tips?|news tips?|story ideas|photos|feedback|letters)\b.{0,120}$|(?:contact|e-?mail) (?:us|the (?:author|writer|reporter|newsroom|editor)s?)\b.{0,80}(?:@|here|at)\b.{0,80}$|contact [A-Z][\w.'’\- ]{2,40} at \S+@\S+$|(?:if you|to) (?:spot|see|notice|find|report) (?:an?|any) (?:error|mistake|typo|inaccurac)\b.{0,140}$|\S+@\S+\.\w{2,6}\W*$",
    ),
    Notice("audience prompt", 300, r"(?:scan|use) (?:the|this) qr code\b.{0,100}$|(?:support|help) (?:our|independent|quality|us)\b.{0,40}\bjournalism\b.{0,160}$|(?:this|the) (?:story|article|text) (?:was|has been) (?:automatically|machine)[ -](?:translated|generated)\b.{0,160}$|this story (?:has )?(?:not been|is) (?:edited|published|auto-generated)\b.{0,160}$"),
)

_CASED = frozenset({"licence number"})
_COMPILED = tuple(
    (notice.rule, notice.limit, notice.needs, re.compile(notice.pattern, 0 if notice.rule in _CASED else re.IGNORECASE))
    for notice in NOTICES
)
_GUARDED = frozenset({"cookie notice", "player consent", "newsletter prompt", "paywall prompt", "tip prompt", "copyright line", "hotline"})
"""Rules that a quoted sentence of an article could meet by chance."""
_SPEECH = re.compile(r"\b(?:said|says|told|added|adding|according to|wrote)\b")


class _Rule(NamedTuple):
    name: str
    limit: int
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


_RULES = tuple(
    _Rule(notice.rule, notice.limit, notice.needs, re.compile(notice.pattern, 0 if notice.rule in _CASED else re.IGNORECASE))
    for notice in NOTICES
)
_LIMITS = sorted({notice.limit for notice in NOTICES})
_UP_TO = {limit: tuple(rule for rule in _RULES if rule.limit >= limit) for limit in _LIMITS}
"""For each limit the rules that a line of at most that length may meet."""


def notice_rule(text: str) -> str | None:
    """The name of the rule that makes this line a notice of the site; `None` for a line of the article."""
    place = bisect_left(_LIMITS, len(text))
    if place == len(_LIMITS):
        return None
    lowered = text.lower()
    for name, _, needs, pattern in _UP_TO[_LIMITS[place]]:
        if needs and not has_any(lowered, needs):
            continue
        if pattern.match(text):
            return None if name in _GUARDED and _SPEECH.search(text) else name
    return None

