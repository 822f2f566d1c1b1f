"""Summaries by a model: a server on the loopback that speaks the protocol, and what of its words is kept."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from consumers.citing import Source, cited
from consumers.model import Model, model_summary
from schemas.articles import Facts, Sentence
from schemas.errors import Retry
from schemas.stories import Opened
from schemas.story import Support
from stories.fold import StoryState, evolve

SENTENCES = (
    "The Marrow Bridge in Tellow Harbour was closed on Monday after engineers found cracks in two of its pillars.",
    "City engineer Odile Brannagh said the bridge would stay shut for at least 14 days.",
    "Some 40 lorries were stranded on the northern side when the barriers came down.",
)


class Server:
    """Answers every request with the same words, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.answer = 200, b""
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []
        self._http = HTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def says(self, *lines: str) -> None:
        self.answer = json.dumps({"choices": [{"message": {"content": "\n".join(lines)}}]}).encode()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append((self.path, self.headers["Authorization"], body))
                self.send_response(server.status)
                self.send_header("Content-Length", str(len(server.answer)))
                self.end_headers()
                self.wfile.write(server.answer)

            def log_message(self, *_: object) -> None:
                return

        return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    own = Server()
    yield own
    own.close()


def story() -> StoryState:
    text, spans = "", []
    for sentence in SENTENCES:
        spans.append(Sentence(start=len(text), end=len(text) + len(sentence)))
        text += sentence + " "
    facts = Facts(
        article_id="a", source="a.example", input_id="a", language="en", text=text, digest="a", sentences=tuple(spans)
    )
    return evolve(None, Opened(story_id="s", version=1, facts=facts))


def test_what_the_articles_bear_out_is_kept_and_cited(server: Server) -> None:
    good = "Engineers found cracks in two pillars of the Marrow Bridge in Tellow Harbour, which was closed on Monday."
    server.says(
        f"- {good}",
        "The Marrow Bridge in Tellow Harbour was closed on Monday after engineers found cracks in five of its pillars.",
        "City engineer Oskar Brannagh said the bridge would stay shut for at least 14 days.",
        "City engineer Odile Brannagh said the bridge would not stay shut for at least 14 days.",
        "Shareholders of the brewery met in the opera house to sing.",
    )
    kept = model_summary(story(), Model(server.url, "tiny", "secret"), words=80)
    assert [sentence.text for sentence in kept] == [good]
    assert kept[0].supports == (Support(article_id="a", sentence=0),)
    (path, authorization, body), *_ = server.asked
    assert (path, authorization, body["model"]) == ("/v1/chat/completions", "Bearer secret", "tiny")
    assert SENTENCES[1] in body["messages"][1]["content"]


def test_where_nothing_can_be_cited_the_articles_own_sentences_stand(server: Server) -> None:
    server.says("A dragon was seen above Tellow Harbour.")
    kept = model_summary(story(), Model(server.url, "tiny"), words=80)
    assert kept
    assert {sentence.text for sentence in kept} <= set(SENTENCES)


def test_sentences_beyond_the_words_asked_for_are_left_out(server: Server) -> None:
    server.says(*SENTENCES)
    assert len(model_summary(story(), Model(server.url, "tiny"), words=40)) == 2


@pytest.mark.parametrize(("status", "answer"), [(500, b"{}"), (200, b"<html>"), (200, b"{}"), (200, b'{"choices":[]}')])
def test_no_answer_is_an_error_that_says_so(server: Server, status: int, answer: bytes) -> None:
    server.status, server.answer = status, answer
    with pytest.raises(Retry, match="gave no answer"):
        model_summary(story(), Model(server.url, "tiny"), words=80)


def test_nobody_there_is_an_error_that_says_so() -> None:
    with pytest.raises(Retry, match="gave no answer"):
        model_summary(story(), Model("http://127.0.0.1:1/v1", "tiny"), words=80)


def test_one_sentence_may_cite_several() -> None:
    sources = [Source(f"c{n}", Support(article_id="a", sentence=n), text) for n, text in enumerate(SENTENCES)]
    both = "The Marrow Bridge was closed after cracks were found, and 40 lorries were stranded when barriers came down."
    (found,) = cited([both], sources, "en")
    assert {support.sentence for support in found.supports} == {0, 2}
