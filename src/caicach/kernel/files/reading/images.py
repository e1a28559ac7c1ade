"""A picture, looked at without unpacking it: whether it is whole enough to open, and how many dots it has."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from .errors import Reason, UnreadableFile
from .limits import DEFAULT_LIMITS, Limits


def check_image(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> tuple[int, int]:
    """Width and height in dots. Only the header is read, and PNG check sums; nothing is unpacked.

    Raises UnreadableFile: damaged, or too many dots.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound is below
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                width, height = image.size
                if width * height <= limits.image_pixels:
                    image.verify()
    except Image.DecompressionBombError as error:
        raise UnreadableFile(Reason.TOO_MANY_PIXELS, limit=limits.image_pixels) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(Reason.CORRUPT_IMAGE) from error
    if width * height > limits.image_pixels:
        raise UnreadableFile(Reason.TOO_MANY_PIXELS, limit=limits.image_pixels)
    return width, height
