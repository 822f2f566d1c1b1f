"""News agencies: canonical names, the forms they are credited in, and lists of them ("AFP, Reuters and dpa")."""

import re
from functools import lru_cache

_FORMS: dict[str, str] = {
    "AFP": "AFP|Agence France[- ]Presse",
    "Reuters": "Reuters?|REUTERS?|Thomson Reuters",
    "AP": "AP|A\\.P\\.|(?:The )?Associated Press",
    "UPI": "UPI|United Press International",
    "DPA": "dpa|DPA|Deutsche Presse-Agentur",
    "EFE": "EFE|Efe|Agencia EFE",
    "ANSA": "ANSA|Ansa",
    "Xinhua": "Xinhua|XINHUA|新华社",
    "TASS": "TASS|Tass|ТАСС",
    "Interfax": "Interfax|INTERFAX|Интерфакс",
    "RIA Novosti": "RIA Novosti|РИА Новости",
    "Ukrinform": "Ukrinform|UKRINFORM|Укринформ|Укрінформ",
    "Kyodo": "Kyodo(?: News)?|KYODO",
    "Jiji": "Jiji(?: Press)?|JIJI",
    "Yonhap": "Yonhap(?: News Agency)?|YONHAP",
    "PTI": "PTI|Press Trust of India",
    "IANS": "IANS",
    "ANI": "ANI",
    "Anadolu": "Anadolu(?: Agency)?|(?<=\\()AA(?=\\))",
    "Bernama": "Bernama|BERNAMA",
    "AAP": "AAP|Australian Associated Press",
    "PA": "PA(?: Media)?|Press Association",
    "Canadian Press": "(?:The )?Canadian Press",
    "Bloomberg": "Bloomberg(?: News)?|BLOOMBERG",
    "Dow Jones": "Dow Jones(?: Newswires)?",
    "CNN": "CNN",
    "Lusa": "Lusa|LUSA",
    "Europa Press": "Europa Press|EUROPA PRESS",
    "Belga": "Belga|BELGA",
    "APA": "APA",
    "PAP": "PAP",
    "Antara": "Antara|ANTARA",
    "SPA": "SPA",
    "WAM": "WAM",
    "IRNA": "IRNA",
    "EPA": "EPA(?:-EFE)?",
}
AGENCY = "(?:" + "|".join(_FORMS.values()) + ")"
AGENCIES = rf"{AGENCY}(?:\s*(?:,|/|&|\+|-|and|und|et|y)\s*{AGENCY})*"

_EACH = tuple((name, re.compile(rf"(?<![\w.]){'(?:' + form + ')'}(?!\w)")) for name, form in _FORMS.items())


_ONLY = re.compile(rf"(?:[Bb]y )?{AGENCIES}")


def is_agency(name: str) -> bool:
    """Whether a byline names agencies and nobody else."""
    return bool(_ONLY.fullmatch(name.strip()))


@lru_cache(maxsize=1 << 10)
def agencies_in(text: str) -> tuple[str, ...]:
    """Canonical names of the agencies that a short credit names, in its order."""
    found = [(match.start(), name) for name, form in _EACH if (match := form.search(text))]
    return tuple([name for _, name in sorted(found)])
