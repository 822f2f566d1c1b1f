"""One POST against servers that are slow, sly or somewhere else; and signatures, and what a file may say."""

import base64
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hooks_receiver import KEY, SECRET, Answer, Receiver

from consumers.webhooks import load_hooks
from consumers.webhooks.addresses import addresses_of, is_inside
from consumers.webhooks.posting import Poster
from consumers.webhooks.signing import Secret, headers, read_secret
from schemas.errors import Retry, UsageError

SIGNED = headers([Secret(KEY)], "e1", 0, b"{}")


def post(url: str, timeout: float = 5.0, allow_private: bool = True) -> int:
    return Poster(url, timeout=timeout, allow_private=allow_private).post(SIGNED, b"{}").status


def test_a_signature_that_others_have_worked_out() -> None:
    """The example that the libraries of the specification test themselves with."""
    secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert secret is not None
    given = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330.9, b'{"test": 2432232314}')
    assert given["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert given["webhook-timestamp"] == "1614265330"


@pytest.mark.parametrize(
    "word", ["", "whsec_", "whsec_!!!", SECRET[6:], "whsec_" + base64.b64encode(KEY[:23]).decode()]
)
def test_what_is_no_secret(word: str) -> None:
    assert read_secret(word) is None


def test_redirects_are_not_followed() -> None:
    with Receiver() as inside, Receiver(Answer(302, (("Location", inside.url),))) as receiver:
        assert post(receiver.url) == 302
    assert inside.came == []


def drip(handler: BaseHTTPRequestHandler, text: bytes, stop: threading.Event) -> None:
    """The beginning of an answer, and then a letter now and then."""
    try:
        handler.wfile.write(text)
        while not stop.wait(0.02):
            handler.wfile.write(b"x")
    except OSError:
        return


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_the_time_is_for_all_of_it(begun: bytes) -> None:
    stop = threading.Event()
    with Receiver(Answer(before=lambda handler: drip(handler, begun, stop))) as receiver:
        began = time.monotonic()
        with pytest.raises(Retry, match=r"no answer in 0\.3 s"):
            post(receiver.url, timeout=0.3)
        assert time.monotonic() - began < 5
        stop.set()


def test_of_an_answer_without_end_the_status_counts() -> None:
    stop = threading.Event()
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
    with Receiver(Answer(before=lambda handler: drip(handler, begun, stop))) as receiver:
        assert post(receiver.url, timeout=0.3) == 200
        stop.set()


def test_of_a_large_answer_little_is_read() -> None:
    sent: list[int] = []

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                handler.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")
                sent.append(65536)
        except OSError:
            return

    with Receiver(Answer(before=flood)) as receiver:
        assert post(receiver.url) == 200
    assert sum(sent) < 64 * 2**20


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-x\r\n", b"", b"HTTP/1.1 999999 x\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a" * 70_000]
)
def test_what_is_no_answer(answer: bytes) -> None:
    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.connection.shutdown(socket.SHUT_RDWR)

    with Receiver(Answer(before=say)) as receiver, pytest.raises(Retry):
        post(receiver.url)


def test_another_thread_can_break_it_off() -> None:
    let_go, asked = threading.Event(), threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        asked.set()
        let_go.wait(30)

    with Receiver(Answer(before=hang)) as receiver:
        poster = Poster(receiver.url, timeout=30, allow_private=True)
        breaker = threading.Thread(target=lambda: (asked.wait(30), poster.break_off()))
        breaker.start()
        began = time.monotonic()
        with pytest.raises(Retry):
            poster.post(SIGNED, b"{}")
        assert time.monotonic() - began < 10
        with pytest.raises(Retry, match="broken off"):
            poster.post(SIGNED, b"{}")
        let_go.set()
        breaker.join()


# Where it goes


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "192.168.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
        ),
        *(
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "ff0e::1",
        ),
        *("localhost", "LOCALHOST.", "a.localhost", "db.internal", "printer.local"),
    ],
)
def test_what_is_inside(host: str) -> None:
    assert is_inside(host)


@pytest.mark.parametrize(
    "host", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "a.example"]
)
def test_what_is_not(host: str) -> None:
    assert not is_inside(host)


@contextmanager
def named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> Iterator[list[str]]:
    """A name server that gives these answers one after the other; yields what it was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        if not host.endswith(".example"):
            return real(host, port, *more, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (own, port)) for own in answers[len(asked) - 1]]

    with monkeypatch.context() as patched:
        patched.setattr("consumers.webhooks.addresses.socket.getaddrinfo", getaddrinfo)
        yield asked


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as receiver, named(monkeypatch, ["127.0.0.1"]), pytest.raises(Retry, match="private network"):
        post(f"http://sly.example:{receiver.port}/", allow_private=False)
    assert receiver.came == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with named(monkeypatch, ["93.184.216.34", "127.0.0.1", "93.184.216.34"], ["127.0.0.1"]) as asked:
        assert addresses_of("sly.example", 80, allow_private=False) == ["93.184.216.34"]
        assert len(asked) == 1
    real, seen = socket.create_connection, []

    def create_connection(address: tuple[str, int], *more: Any) -> socket.socket:
        seen.append(address[0])
        if address[0] == "93.184.216.34":
            raise ConnectionRefusedError(111, "Connection refused")
        return real(address, *more)

    monkeypatch.setattr("consumers.webhooks.posting.socket.create_connection", create_connection)
    monkeypatch.setattr("consumers.webhooks.posting.addresses_of", lambda *_, **__: ["93.184.216.34", "127.0.0.1"])
    with Receiver() as receiver:
        assert post(f"http://two.example:{receiver.port}/", allow_private=False) == 204
    assert receiver.came[0].headers["host"] == f"two.example:{receiver.port}"
    assert seen == ["93.184.216.34", "127.0.0.1"]


def test_a_name_that_leads_nowhere() -> None:
    with pytest.raises(Retry, match="leads nowhere"):
        post("http://" + "a" * 70 + ".invalid/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate for `receiver.example`, signed by itself, made for this run."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["-subj", "/CN=receiver.example", "-addext", "subjectAltName=DNS:receiver.example"]
    line = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        path,
        "-out",
        f"{path}.crt",
    ]
    subprocess.run([*line, *made], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.mark.parametrize(
    ("host", "trusted"), [("receiver.example", True), ("receiver.example", False), ("other.example", True)]
)
def test_by_tls_only_who_shows_the_right_certificate(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Receiver() as receiver, named(monkeypatch, ["127.0.0.1"]):
        receiver.secure(server)
        url = f"https://{host}:{receiver.port}/"
        if host == "receiver.example" and trusted:
            assert post(url) == 204
        else:
            with pytest.raises(Retry):
                post(url)
    assert len(receiver.came) == (host == "receiver.example" and trusted)


# What the file may say


GOOD = 'name = "desk"\nurl = "https://desk.example/in"\nsecret_env = "DESK"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "hooks.toml"
    path.write_text(text)
    return path


def test_what_is_left_out_has_a_value(tmp_path: Path) -> None:
    (tmp_path / "two.secret").write_text(f"{SECRET}\n{SECRET}\n")
    text = f'[[hook]]\n{GOOD}[[hook]]\nname = "b"\nurl = "http://b.example"\nsecret_file = "two.secret"\n'
    (first, one), (_, two) = load_hooks(written(tmp_path, text), {"DESK": SECRET})
    assert (len(one), len(two)) == (1, 2)
    assert (first.start, first.batch, first.give_up, first.attempts) == ("end", 1, 259_200, 5)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('kinds = ["lost"]', "hook.0.kinds.0"),
        ('secret = "whsec_x"', "there is no setting 'hook.0.secret'"),
        ('secret_file = "x"', "either secret_env or secret_file"),
        ('give_up = "never"', "is no duration"),
        ("batch = 0", "hook.0.batch"),
        ("min_significance = 2", "hook.0.min_significance"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        load_hooks(written(tmp_path, f"[[hook]]\n{GOOD}{more}\n"), {"DESK": SECRET})
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://desk.example/", "no http or https URL"),
        ("file:///etc/passwd", "no http or https URL"),
        ("https://", "no http or https URL"),
        ("https://desk.example:99999/", "no http or https URL"),
        ("https://me:hush@desk.example/", "user name or password"),
        ("http://127.0.0.1:8000/", "inside a private network"),
        ("http://[::1]/", "inside a private network"),
        ("http://169.254.169.254/latest", "inside a private network"),
        ("http://localhost/", "inside a private network"),
        ("http://desk.example/\\r\\nX: y", "hook.0.url"),
    ],
)
def test_where_no_hook_may_lead(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        load_hooks(written(tmp_path, f"[[hook]]\n{GOOD.replace('https://desk.example/in', url)}"), {"DESK": SECRET})
    assert said in str(error.value)
    assert "hush" not in str(error.value)


@pytest.mark.parametrize("secret", ["", "hush", f"{SECRET} hush", "whsec_aHVzaA=="])
def test_a_bad_secret_is_named_and_not_shown(tmp_path: Path, secret: str) -> None:
    with pytest.raises(UsageError, match="needs a secret in the environment variable DESK") as error:
        load_hooks(written(tmp_path, f"[[hook]]\n{GOOD}"), {"DESK": secret})
    assert not {"hush", "aHVzaA", SECRET[6:]} & set(str(error.value).replace("=", " ").split())
    with pytest.raises(UsageError, match="cannot be read from file"):
        load_hooks(written(tmp_path, f"[[hook]]\n{GOOD.replace('secret_env', 'secret_file')}"), {})


def test_two_hooks_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two hooks are called 'desk'"):
        load_hooks(written(tmp_path, f"[[hook]]\n{GOOD}[[hook]]\n{GOOD}"), {"DESK": SECRET})
