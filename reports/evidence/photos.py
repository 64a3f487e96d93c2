"""Photos are drawn anew: what a camera or a trickster put beside the pixels does not come along."""

import struct
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from reports.evidence.limits import MOST_PIXELS
from reports.evidence.refusals import NotEvidence

# 4,000 x 4,000: an A4 page at more than 300 dpi.
MOST_KEPT_PIXELS = 16_000_000
LARGEST_PROFILE = 16 * 2**10
# A picture that builds up has some ten scans; thousands of them keep a reader busy for minutes.
MOST_SCANS = 200
START_OF_SCAN = b"\xff\xda"
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)
FORMATS = ("JPEG", "PNG", "WEBP")


def redraw(source: BinaryIO, target: BinaryIO) -> str:
    """Write the picture upright and without metadata; "jpg" or "png". Raises NotEvidence."""
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    if source.read().count(START_OF_SCAN) > MOST_SCANS:
        raise NotEvidence("complex")
    source.seek(0)
    try:
        with Image.open(source, formats=FORMATS) as image:
            refuse(image)
            return write(image, target)
    except Image.DecompressionBombError:
        raise NotEvidence("pixels") from None
    except BROKEN:
        raise NotEvidence("damaged") from None


def refuse(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise NotEvidence("pixels")
    # A JPEG with several pictures is a photo with its previews.
    if getattr(image, "is_animated", False) and image.format in ("PNG", "WEBP"):
        raise NotEvidence("moving")


def write(image: Image.Image, target: BinaryIO) -> str:
    profile, transparent = harmless_profile(image), image.has_transparency_data
    lossless = image.format == "PNG" or transparent
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if transparent else "L" if image.mode in ("1", "L") else "RGB"
    drawn = smaller(image if image.mode == mode else image.convert(mode))
    drawn.info.clear()
    if lossless:
        drawn.save(target, "PNG", icc_profile=profile)
        return "png"
    drawn.save(target, "JPEG", quality=90, icc_profile=profile)
    return "jpg"


def smaller(image: Image.Image) -> Image.Image:
    share = (MOST_KEPT_PIXELS / (image.width * image.height)) ** 0.5
    if share >= 1:
        return image
    return image.resize((max(1, int(image.width * share)), max(1, int(image.height * share))))


def harmless_profile(image: Image.Image) -> bytes | None:
    """The colours of a phone's screen are told by a small profile; without it they turn pale."""
    profile = image.info.get("icc_profile") or b""
    fits = {b"RGB ": ("RGB", "RGBA", "P"), b"GRAY": ("L",)}.get(profile[16:20], ())
    sound = profile[36:40] == b"acsp" and len(profile) <= LARGEST_PROFILE
    return profile if sound and image.mode in fits else None
