from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.idf import UNSEEN, idf, lower_share
from articles.text.stems import count_stems, stems


def test_content_words_are_stemmed_in_order() -> None:
    assert stems("The miners’ ferries weren’t crossing, she said.", "en") == ["miner", "ferri", "cross"]


def test_numbers_lose_separators() -> None:
    assert stems("1,200 boats and 43.5 tons", "en") == ["1200", "boat", "43.5", "ton"]


def test_dotted_acronyms_are_no_stop_words() -> None:
    assert stems("The U.S. told us of US ships", "en") == ["usa", "usa", "ship"]


def test_accents_are_folded() -> None:
    assert stems("Café Brée", "en") == ["cafe", "bree"]


def test_scripts_without_spaces_give_pairs() -> None:
    assert stems("港口罢工", "zh") == ["港口", "口罢", "罢工"]


def test_other_languages_have_their_own_stop_words() -> None:
    assert stems("Die Häfen und der Hafen", "de") == ["haf", "haf"]
    assert stems("Die Häfen", "xx") == ["die", "hafen"]


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "de", "zh", "und"]))
def test_counts_agree_with_the_list(text: str, language: str) -> None:
    found = stems(text, language)
    assert count_stems(text, language) == {stem: found.count(stem) for stem in found}


def test_rarer_stems_weigh_more() -> None:
    assert 0 < idf("year", "en") < idf("ferri", "en") < idf("zzyzx", "en") == UNSEEN
    assert idf("year", "de") == UNSEEN


def test_case_tells_words_from_names() -> None:
    assert lower_share("earli") > 0.9
    assert lower_share("texa") < 0.1
