"""A receiver of webhooks on the loopback: answers as it is told, and remembers what came."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()


class Came(NamedTuple):
    """A request, whose signature was checked."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Answer(NamedTuple):
    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    before: Callable[[BaseHTTPRequestHandler], None] = lambda _: None


class Receiver:
    """`answers` are given one a request, then 204 for ever; `came` are all requests in order."""

    def __init__(self, *answers: Answer | int) -> None:
        self.answers = [Answer(own) if isinstance(own, int) else own for own in answers]
        self.came: list[Came] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = False
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}/in?desk=7"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: self._http.serve_forever(poll_interval=0.01))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def secure(self, context: ssl.SSLContext) -> None:
        """From now on it speaks TLS; a handshake that fails is the other side's business."""
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]

    def updates(self) -> list[str]:
        """`flood0aa@1` of all requests that hold one."""
        data = [event["data"] for own in self.came for event in ([own.json] if "id" in own.json else own.json)]
        return [f"{update['story_id']}@{update['version']}" for update in data]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                headers = {name.lower(): text for name, text in self.headers.items()}
                own = Came(self.path, headers, self.rfile.read(int(headers["content-length"])))
                assert signed_by(KEY, own), own
                receiver.came.append(own)
                answer = receiver.answers.pop(0) if receiver.answers else Answer()
                answer.before(self)
                try:
                    self.send_response(answer.status)
                    for name, text in (*answer.headers, ("Content-Length", str(len(answer.body)))):
                        self.send_header(name, text)
                    self.end_headers()
                    self.wfile.write(answer.body)
                except OSError:
                    return  # the other side has had enough

            def log_message(self, *_: object) -> None:
                return

        return Handler


def signed_by(key: bytes, own: Came) -> bool:
    """What a receiver does, from the specification and not from our code."""
    content = f"{own.headers['webhook-id']}.{own.headers['webhook-timestamp']}.".encode() + own.body
    wanted = "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return any(hmac.compare_digest(wanted, given) for given in own.headers["webhook-signature"].split(" "))
