"""A few invented articles: a bridge story told by three outlets, one of them a copy; a race; and a broken line."""

import json
from pathlib import Path

BRIDGE = (
    "The Marrow Bridge in Tellow Harbour was closed on Monday after engineers found cracks in two of its pillars. "
    "City engineer Odile Brannagh said the bridge would stay shut for at least 14 days. "
    '"We will not gamble with people\'s lives," Brannagh told reporters. '
    "Some 40 lorries were stranded on the northern side when the barriers came down. "
    "The harbour authority said ferries would carry passengers until the repairs are done."
)
AGAIN = (
    "Tellow Harbour's Marrow Bridge remains closed after engineers found cracks in two pillars of the bridge. "
    "The harbour authority counted 43 lorries stranded on the northern side of the Marrow Bridge. "
    "City engineer Odile Brannagh said the bridge would stay shut for at least 14 days. "
    "Mayor Piers Okonta announced a grant of 2 million crowns for the repairs in Tellow Harbour."
)
RACE = (
    "Tamsin Okoro won the Ridge Race on Tuesday in a record time of 3 hours and 12 minutes. "
    "The runner from Vale Castle overtook last year's winner on the final climb. "
    '"I saved my strength for the last hill," Okoro said. '
    "More than 900 runners reached the finish before dusk."
)
ROWS = (
    ("n1", "northern-post.example", "2021-05-05T08:00:00Z", "Cracks close Marrow Bridge in Tellow Harbour", BRIDGE),
    ("n2", "harbour-bell.example", "2021-05-05T09:30:00Z", "Cracks close Marrow Bridge in Tellow Harbour", BRIDGE),
    ("n3", "vale-times.example", "2021-05-05T18:00:00Z", "Marrow Bridge in Tellow Harbour still closed", AGAIN),
    ("n4", "sport-hill.example", "2021-05-06T17:00:00Z", "Okoro wins Ridge Race in record time", RACE),
)


def write_inputs(folder: Path) -> Path:
    """The rows as one .jsonl file with a broken line at its end."""
    names = ("id", "source", "published_at", "title", "text")
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in ROWS]
    path = folder / "news.jsonl"
    path.write_text("\n".join([*lines, '{"id": "n5", "title": "cut o']) + "\n", encoding="utf-8")
    return path
