"""Layers are a dict to whoever reads them, and versions that share most of it do not see one another's changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.fold import layers
from stories.fold.layers import Layers

_KEYS = st.sampled_from("abcdefgh")
_ONE = st.tuples(st.sampled_from(("put", "drop", "default", "copy")), _KEYS, st.integers(0, 9))


@given(st.lists(_ONE, max_size=60), st.integers(0, 4))
def test_layers_are_a_dict_and_versions_are_apart(steps: list[tuple[str, str, int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "_MOST", most)
        versions: list[tuple[Layers[int], dict[str, int]]] = [(Layers(), {})]
        for what, key, value in steps:
            made, plain = versions[-1]
            if what == "copy":
                versions.append((made.copy(), dict(plain)))
            elif what == "put":
                made[key] = plain[key] = value
            elif what == "default":
                assert made.setdefault(key, value) == plain.setdefault(key, value)
            elif key in plain:
                del made[key], plain[key]
        for made, plain in versions:
            assert dict(made.items()) == plain
            assert len(made) == len(plain)
            assert [made.get(key) for key in "abcdefgh"] == [plain.get(key) for key in "abcdefgh"]
            assert [key in made for key in "abcdefgh"] == [key in plain for key in "abcdefgh"]


def test_what_is_not_there_is_a_key_error() -> None:
    made: Layers[int] = Layers()
    made["a"] = 0
    assert made["a"] == 0
    del made["a"]
    with pytest.raises(KeyError):
        made["a"]
    with pytest.raises(KeyError):
        del made["a"]
