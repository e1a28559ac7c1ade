from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.audit import hashing

PUBLISHED_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
PUBLISHED_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""The trees that implementations of RFC 6962 (Certificate Transparency) are tested with."""


@pytest.mark.parametrize("size", PUBLISHED_ROOTS)
def test_a_tree_has_the_root_that_the_standard_s_tests_publish(size: int) -> None:
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in PUBLISHED_LEAVES[:size]]

    assert hashing.merkle_root(leaves) == PUBLISHED_ROOTS[size]


def textbook_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + textbook_root(leaves[:split]) + textbook_root(leaves[split:])).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_a_tree_grown_leaf_by_leaf_is_the_textbook_s(leaves: list[bytes]) -> None:
    assert hashing.merkle_root(leaves) == textbook_root(leaves).hex()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), json_values))
def test_the_order_of_keys_makes_no_other_text(value: dict[str, object]) -> None:
    text = hashing.canonical(value)

    assert hashing.canonical(dict(reversed(value.items()))) == text
    assert hashing.canonical(json.loads(text)) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1, 2}, object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        hashing.canonical(value)


columns = st.lists(st.text(alphabet='ab",[]{}\\'), min_size=2, max_size=2)


@given(st.lists(columns, max_size=3), st.lists(columns, max_size=3))
def test_entries_with_other_changes_have_other_hashes(one: list[list[str]], other: list[list[str]]) -> None:
    assert (hashing.content_digest(["x"], one) == hashing.content_digest(["x"], other)) == (one == other)


def test_a_place_is_part_of_a_leaf() -> None:
    def leaf(*, sequence: int = 1, position: int = 2, entry_id: int = 3) -> bytes:
        return hashing.leaf_hash(sequence=sequence, position=position, entry_id=entry_id, content=b"c")

    assert len({leaf(), leaf(sequence=12), leaf(position=0), leaf(entry_id=33)}) == 4
