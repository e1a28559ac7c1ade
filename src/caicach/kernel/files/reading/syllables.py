"""Whether a word is a possible Vietnamese syllable: how letters in a wrong encoding betray themselves.

A syllable is an onset, a rhyme and a tone; rhymes are a closed list, and one that ends in c, ch, p or t takes only the
acute or the dot. Words in a wrong encoding nearly always fail this, words in the right one nearly never.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = str.maketrans(dict.fromkeys("\u0300\u0301\u0303\u0309\u0323"))
_SHARP: Final = ("\u0301", "\u0323")
_ONSETS: Final = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RHYMES: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
        i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
        oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
        uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
        y ych yêm yên yêng yêt yêu ynh yt
        """,
    )
)
_WORD: Final = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, NFC or not) could be one Vietnamese syllable."""
    apart = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", apart.translate(_TONES))
    tones = [mark for mark in apart if ord(mark) in _TONES]
    if len(tones) > 1:
        return False
    sharp_only = bare.endswith(("c", "ch", "p", "t"))
    if sharp_only and tones[:1] and tones[0] not in _SHARP:
        return False
    if bare in ("gi", "gin", "giêng", "giêt", "giêm", "giêc"):
        return True
    return any(bare.startswith(onset) and bare[len(onset) :] in _RHYMES for onset in _ONSETS)


def share_of_syllables(text: str) -> tuple[float, int]:
    """Among the words with a letter beyond ASCII: the share that are syllables (1.0 when there are none), and how many.

    Only these words tell one encoding from another.
    """
    telling = [word for word in _WORD.findall(text) if not word.isascii()]
    if not telling:
        return 1.0, 0
    return sum(map(is_syllable, telling)) / len(telling), len(telling)
