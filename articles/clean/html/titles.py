"""Page titles without the site's name at the end ("... | The Testville Post")."""

import re

_JOINT = re.compile(r"\s+(?:[|–—·•»:]|-{1,2}|::)\s+|\s*\|\s*|\s+[-–—]\s*")
_MOST_SITE_WORDS = 6


def without_site(title: str, site: str = "") -> str:
    """The title up to its last joint, if what follows is the site's name or as short as one and much is left."""
    title = title.strip()
    for joint in reversed(list(_JOINT.finditer(title))):
        before, after = title[: joint.start()].strip(), title[joint.end() :].strip()
        if site and _bare(after) == _bare(site):
            return before
        is_short = len(after.split()) <= _MOST_SITE_WORDS and len(after) <= len(before)
        if len(before.split()) >= 3 and is_short and after[:1].isupper() and _names_site(joint[0], after):
            return without_site(before, site)
    return title


def _names_site(joint: str, after: str) -> bool:
    """After a bar any short tail is a section or the site; after a dash only a run of capitalised words."""
    return "|" in joint or all(
        word[:1].isupper() or word.lower() in ("of", "the", "and", "&") for word in after.split()
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower())).removeprefix("the")
