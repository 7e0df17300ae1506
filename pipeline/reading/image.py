"""Pictures in, pixel arrays out: image files as RGB, with every size looked at before anything is unpacked."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import ReadingError
from pipeline.settings import Settings

Pixels = NDArray[np.uint8]

FORMATS = ("PNG", "JPEG", "TIFF", "BMP")  # phones write MPO, which the JPEG reader opens


def load_images(data: bytes, settings: Settings) -> Iterator[Pixels]:
    """Yields each page of an image file as RGB pixels (height, width, 3), turned upright by its EXIF tag.

    The header is read first: more than `settings.max_pixels` pixels, more frames than `max_pages` or more bytes than `max_bytes` raise
    ReadingError (reasons image-too-large, too-many-pages, too-large); a file that does not unpack raises bad-image. One page is in
    memory at a time.
    """
    if len(data) > settings.max_bytes:
        raise ReadingError(f"image of {len(data)} bytes", hint=f"the limit is {settings.max_bytes} bytes", reason="too-large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own limit is lower than the one Pillow warns of
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                frames = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
                if frames > settings.max_pages:
                    raise ReadingError(f"image of {frames} pages", hint=f"the limit is {settings.max_pages} pages", reason="too-many-pages")
                for frame in range(frames):
                    if frames > 1:
                        image.seek(frame)
                    _check_size(image.size, settings.max_pixels)
                    yield _rgb(image)
        except ReadingError:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(settings.max_pixels) from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, KeyError, IndexError) as error:
            raise ReadingError("image cannot be unpacked", hint="scan or export it again", reason="bad-image") from error


def _check_size(size: tuple[int, int], limit: int) -> None:
    if size[0] * size[1] > limit:
        raise _too_large(limit, size)


def _too_large(limit: int, size: tuple[int, int] | None = None) -> ReadingError:
    what = f"image of {size[0]} x {size[1]} pixels" if size else "image with too many pixels"
    return ReadingError(what, hint=f"the limit is {limit} pixels; scan it at 300 dpi or less", reason="image-too-large")


def _rgb(image: Image.Image) -> Pixels:
    """Any Pillow mode as RGB; transparent parts are paper, 16-bit grey keeps its upper byte."""
    upright: Image.Image = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I") or upright.mode == "F":
        wide: NDArray[Any] = np.asarray(upright).astype(np.float32)
        top = float(wide.max()) or 1.0
        grey = (wide * (255.0 / max(top, 255.0))).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        rgba = upright.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        upright = Image.alpha_composite(paper, rgba)
    return np.asarray(upright.convert("RGB"), np.uint8)
