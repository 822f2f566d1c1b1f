"""Names and titles as pages write them."""

import pytest

from articles.clean.html.bylines import split_names
from articles.clean.html.metadata import read_metadata
from articles.clean.html.titles import choose_title, without_site

TEXT = "<p>The harbour master said on Wednesday that the last dredger had left the port before the storm.</p>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Oona Marsh", ["Oona Marsh"]),
        ("By Oona Marsh and Tam Orly", ["Oona Marsh", "Tam Orly"]),
        ("Analysis by Oona Marsh, Testville Editor-at-large", ["Oona Marsh"]),
        ("OONA MARSH, TAM ORLY and IDA B. QUAY", ["OONA MARSH", "TAM ORLY", "IDA B. QUAY"]),
        ("Posted by Oona Marsh on 2 April", ["Oona Marsh"]),
        ("Oona Marsh | Harbour Correspondent", ["Oona Marsh"]),
        ("Testville Staff", ["Testville Staff"]),
        ("https://social.example/oona", []),
        ("By", []),
        ("", []),
    ],
)
def test_names_of_a_byline(byline: str, names: list[str]) -> None:
    assert split_names(byline) == names


@pytest.mark.parametrize(
    ("headings", "stated", "site", "title"),
    [
        (["Dredgers leave"], ["Dredgers leave – The Gazette"], "", "Dredgers leave"),
        (["The Gazette"], ["Dredgers leave the port | The Gazette"], "", "Dredgers leave the port"),
        (["The Gazette"], ["Dredgers leave the port"], "The Gazette", "Dredgers leave the port"),
        (
            ["How the dredgers of Port Ellery left"],
            ["Dredgers Port Ellery 2031 news"],
            "",
            "How the dredgers of Port Ellery left",
        ),
        (["Subscribe to our letter today"], ["Dredgers leave the port"], "", "Dredgers leave the port"),
        ([], ["", "Dredgers leave the port"], "", "Dredgers leave the port"),
        (["Dredgers leave the port"], [], "", "Dredgers leave the port"),
        ([], [], "", ""),
    ],
)
def test_title_of_several(headings: list[str], stated: list[str], site: str, title: str) -> None:
    assert choose_title(headings, stated, site) == title


def test_one_kind_of_joint_parts_the_site_from_the_title() -> None:
    assert without_site("The dredgers have left — And They Will Not Return - Gazette") == (
        "The dredgers have left — And They Will Not Return"
    )
    assert without_site("The dredgers have left | Sea | Gazette") == "The dredgers have left"


@pytest.mark.parametrize(
    ("head", "url", "canonical"),
    [
        ('<link rel="canonical" href="https://a.example/x ">', None, "https://a.example/x"),
        (
            '<link rel="canonical" href="/x"><meta property="og:url" content="https://a.example/y">',
            None,
            "https://a.example/y",
        ),
        ('<link rel="canonical" href="/x">', "https://a.example/z?utm=1", "https://a.example/x"),
        ("", "https://a.example/z", "https://a.example/z"),
        ('<link rel="canonical" href="http://[broken">', "https://a.example/z", "https://a.example/z"),
        ("", None, None),
    ],
)
def test_canonical_address(head: str, url: str | None, canonical: str | None) -> None:
    assert read_metadata(f"<html><head>{head}</head><body>{TEXT}</body></html>", url).url == canonical
