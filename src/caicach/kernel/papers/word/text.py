"""Text into runs."""

from __future__ import annotations

from docx.text.paragraph import Paragraph

from caicach.kernel.papers.model import Inline
from caicach.kernel.papers.text import printable

write = printable
"""What XML can hold of a text; python-docx turns its \\n into line breaks."""


def add_inline(paragraph: Paragraph, text: Inline, *, bold: bool | None = None, italic: bool | None = None) -> None:
    """The text with the looks of its runs; `bold` and `italic` hold for what has no look of its own."""
    if isinstance(text, str):
        if text:
            run = paragraph.add_run(write(text))
            run.bold, run.italic = bold, italic
        return
    for piece in text:
        run = paragraph.add_run(write(piece.text))
        run.bold, run.italic = piece.bold or bold, piece.italic or italic
