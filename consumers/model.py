"""Summaries by a language model behind an OpenAI-compatible endpoint: off unless its address is set.

Stories on the log never hold its words; only who asks for them sees them. Of what it writes, sentences are kept that
the articles bear out (`consumers.citing`); where none is left, the extractive summary stands.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, NamedTuple

from consumers.citing import Source, cited
from schemas.errors import Retry
from schemas.story import SummarySentence, Support
from stories.fold import StoryState, summary_of

_CLAIMS, _WORDINGS = 40, 2
"""How much of a story the model is shown."""
_LARGEST_ANSWER = 1_000_000
_ASKED = (
    "You sum up news. Write a neutral summary of at most {words} words from the numbered sentences below, one sentence "
    "a line and nothing else. Use only what they say: no other names, numbers or facts. Name people in full."
)


class Model(NamedTuple):
    """Where the model answers: the address that `/chat/completions` is put behind, its name, a key, seconds to wait."""

    url: str
    name: str
    key: str = ""
    timeout: float = 60.0


def model_summary(story: StoryState, model: Model, words: int) -> tuple[SummarySentence, ...]:
    """What the model says of the story, as far as it can be cited; if nothing can, the extractive summary.

    `words` is what the model is asked for; sentences beyond it are left out. Raises `Retry` if it does not answer.
    """
    sources = _sources(story)
    lines = [line.strip().lstrip("-*• ").strip() for line in _ask(model, sources, words).splitlines()]
    kept = _within(cited([line for line in lines if line], sources, story.language), words)
    return kept or summary_of(story, words)


def _sources(story: StoryState) -> list[Source]:
    return [
        Source(claim.shown.claim_id, Support(article_id=line.article_id, sentence=line.sentence), line.text)
        for claim in story.ranked[:_CLAIMS]
        for line in claim.wordings[:_WORDINGS]
    ]


def _within(sentences: Sequence[SummarySentence], words: int) -> tuple[SummarySentence, ...]:
    kept: list[SummarySentence] = []
    for sentence in sentences:
        words -= len(sentence.text.split())
        if words < 0:
            break
        kept.append(sentence)
    return tuple(kept)


def _ask(model: Model, sources: Sequence[Source], words: int) -> str:
    told = "\n".join(f"{number}. {source.text}" for number, source in enumerate(sources, start=1))
    messages = [{"role": "system", "content": _ASKED.format(words=words)}, {"role": "user", "content": told}]
    body = {"model": model.name, "messages": messages, "temperature": 0, "seed": 0}
    try:
        with urllib.request.urlopen(_request(model, body), timeout=model.timeout) as answer:
            return _content(json.loads(answer.read(_LARGEST_ANSWER)))
    except (OSError, ValueError) as reason:  # URLError and time-outs are of the one kind, bad JSON is of the other
        raise Retry(f"the model at {model.url} gave no answer: {reason}") from reason


def _request(model: Model, body: dict[str, Any]) -> urllib.request.Request:
    headers = {"Content-Type": "application/json"}
    if model.key:
        headers["Authorization"] = f"Bearer {model.key}"
    url = model.url.rstrip("/") + "/chat/completions"
    return urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")


def _content(answer: Any) -> str:
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise ValueError("there is no message in it") from None
    if not isinstance(content, str):
        raise ValueError("its message is no text")
    return content
