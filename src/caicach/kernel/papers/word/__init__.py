"""Word documents: an official paper to go on writing, and a room's own template filled with data."""

from .official import official_word
from .template import BrokenTemplate, word_from_template

__all__ = ["BrokenTemplate", "official_word", "word_from_template"]
