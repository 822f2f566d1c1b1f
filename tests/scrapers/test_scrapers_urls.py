"""Addresses: one spelling for one page, and where a feed may not send us."""

import pytest

from scrapers.urls import is_private, normalise, resolve


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("http://Dale.test/a#top", "http://dale.test/a"),
        ("https://dale.test:443/a", "https://dale.test/a"),
        ("http://dale.test:8080/a", "http://dale.test:8080/a"),
        ("https://dale.test/news/../a/./b", "https://dale.test/a/b"),
        ("https://dale.test/../../a", "https://dale.test/a"),
        ("https://dale.test/a/", "https://dale.test/a/"),
        ("https://dale.test", "https://dale.test/"),
        ("https://dale.test/a?utm_source=x&id=7&fbclid=1", "https://dale.test/a?id=7"),
        ("https://dale.test/a?b=2&a=1", "https://dale.test/a?a=1&b=2"),
        ("https://dale.test/?cid=7&eid=8&source=print", "https://dale.test/?cid=7&eid=8&source=print"),
        ("https://dale.test/a?flag", "https://dale.test/a?flag="),
        (" https://dale.test/a ", "https://dale.test/a"),
        ("/a", "http://base.test/a"),
        ("//dale.test/a", "http://dale.test/a"),
        ("?id=1", "http://base.test/feeds/rss?id=1"),
    ],
)
def test_one_spelling(written: str, plain: str) -> None:
    assert normalise(written, "http://base.test/feeds/rss") == plain
    assert normalise(plain) == plain


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "ftp://dale.test/a",
        "mailto:desk@dale.test",
        "http://[::1",
        "http://a:b/",
        "http://user:secret@dale.test/",
        "http://dale.test:99999/",
        "data:text/html,x",
        "http://dale.test/" + "a" * 3000,
    ],
)
def test_what_is_no_address(written: str) -> None:
    assert normalise(written, "http://base.test/") is None
    assert resolve(written, "http://base.test/") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:80/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://192.168.0.1/",
        "http://db.internal/",
        "http://0.0.0.0/",
    ],
)
def test_addresses_inside(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize("url", ["https://dale.test/", "http://93.184.216.34/", "http://localhost.dale.test/"])
def test_addresses_outside(url: str) -> None:
    assert not is_private(url)
