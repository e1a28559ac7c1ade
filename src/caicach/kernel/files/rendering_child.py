"""The child process that turns a picture or a page of a PDF into a harmless picture; run as a script by rendering.py.

Native code meets hostile bytes here, so the process has no environment, opens no file and holds itself to bounds of
memory and processor time. The file comes on standard input; out go one line of JSON and the picture. It is drawn anew:
position, device and every other note that a camera leaves stay behind.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).with_name("reading")))
from pdf_child import end_with_parent, hold_to

LONGEST_SIDE = 2000
WIDTH_OF_A_PAGE = 1400


def picture(content: bytes, *, most_pixels: int) -> tuple[dict[str, Any], bytes]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = most_pixels
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
        if image.width * image.height > most_pixels:
            return {"error": "pixels"}, b""
        is_photo = image.format == "JPEG"
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB" if is_photo else "RGBA", upright.size)
    plain.paste(upright.convert(plain.mode))
    drawn = io.BytesIO()
    if is_photo:
        plain.save(drawn, "JPEG", quality=85)
    else:
        plain.save(drawn, "PNG")
    return {"pages": 1, "media_type": "image/jpeg" if is_photo else "image/png"}, drawn.getvalue()


def page(content: bytes, *, number: int) -> tuple[dict[str, Any], bytes]:
    """number : from 1; 0 only counts the pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    if not 1 <= number <= pages:
        return {"pages": pages, "media_type": ""}, b""
    shown = document[number - 1]
    scale = min(WIDTH_OF_A_PAGE / max(shown.get_width(), 1), LONGEST_SIDE / max(shown.get_height(), 1))
    drawn = io.BytesIO()
    shown.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(drawn, "PNG")
    return {"pages": pages, "media_type": "image/png"}, drawn.getvalue()


def main() -> None:
    what, number, memory, seconds, answer, most_pixels, pipe = sys.argv[1], *(int(value) for value in sys.argv[2:8])
    hold_to(memory=memory, seconds=seconds, answer=answer)
    end_with_parent(pipe)
    content = sys.stdin.buffer.read()
    try:
        told, drawn = page(content, number=number) if what == "pdf" else picture(content, most_pixels=most_pixels)
    except Exception:  # noqa: BLE001  whatever the libraries say, it cannot be shown
        told, drawn = {"error": "corrupt"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + drawn)
    sys.stdout.flush()
    os._exit(0)  # the answer is out: native clean-up could only crash


if __name__ == "__main__":
    main()
