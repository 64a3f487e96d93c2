from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from reports.evidence import photos
from reports.evidence.photos import redraw
from reports.evidence.refusals import NotEvidence
from tests.reports.evidence.files import photo, saved

PLACE = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (19.0, 44.0, 2.5), GPS.GPSLongitudeRef: "E"}


def redrawn(data: bytes) -> tuple[str, Image.Image]:
    target = BytesIO()
    return redraw(BytesIO(data), target), Image.open(target)


def exif(orientation: int = 1) -> Image.Exif:
    facts = Image.Exif()
    facts[Base.Make] = "Hãng máy ảnh"
    facts[Base.Orientation] = orientation
    facts.get_ifd(IFD.GPSInfo).update(PLACE)
    return facts


def test_the_photo_before_has_a_place():
    """So that the tests below look for something that was there."""
    before = Image.open(BytesIO(photo(exif=exif())))
    assert before.getexif().get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] == (19.0, 44.0, 2.5)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone(form):
    _kind, image = redrawn(photo(form=form, exif=exif()))
    assert (dict(image.getexif()), dict(image.getexif().get_ifd(IFD.GPSInfo))) == ({}, {})
    assert {"exif", "xmp", "photoshop", "comment", "XML:com.adobe.xmp"} & image.info.keys() == set()


def test_no_trace_of_xmp_iptc_or_comments_is_left():
    iptc = b"\xff\xed\0\x1ePhotoshop 3.0\x008BIM\x04\x04\0\0\0\0SECRET"
    data = photo(xmp=b"<x:xmpmeta>SECRET</x:xmpmeta>", comment=b"SECRET")
    data = data[:2] + iptc[:2] + (len(iptc) - 2).to_bytes(2, "big") + iptc[4:] + data[2:]
    assert data.count(b"SECRET") == 3
    target = BytesIO()
    redraw(BytesIO(data), target)
    assert b"SECRET" not in target.getvalue()
    assert {image_part[0] for image_part in Image.open(target).applist} == {"APP0"}


def test_it_stands_upright():
    """Orientation 6: the camera was turned; what was stored at the left belongs at the top."""
    kind, image = redrawn(photo(exif=exif(orientation=6)))
    red, blue = (image.crop((20, y, 21, y + 1)).tobytes() for y in (10, 50))
    assert (kind, image.size) == ("jpg", (40, 60))
    assert (red[0] > 200 and red[2] < 50, blue[2] > 200 and blue[0] < 50) == (True, True)


@pytest.mark.parametrize(
    ("mode", "form", "kind", "drawn"),
    [
        ("RGB", "JPEG", "jpg", "RGB"),
        ("L", "JPEG", "jpg", "L"),
        ("CMYK", "JPEG", "jpg", "RGB"),
        ("RGB", "WEBP", "jpg", "RGB"),
        ("RGBA", "WEBP", "png", "RGBA"),
        ("P", "PNG", "png", "RGB"),
        ("1", "PNG", "png", "L"),
        ("LA", "PNG", "png", "RGBA"),
        ("RGBA", "PNG", "png", "RGBA"),
    ],
)
def test_every_way_of_colouring_is_taken(mode, form, kind, drawn):
    extension, image = redrawn(saved(Image.new(mode, (9, 9)), form))
    assert (extension, image.mode) == (kind, drawn)


def test_details_stay():
    """A page of a document keeps every pixel, and grey values hardly change."""
    before = Image.effect_noise((1240, 1754), 40)
    _kind, image = redrawn(saved(before, "JPEG", quality=95))
    pairs = zip(before.resize((124, 175)).tobytes(), image.resize((124, 175)).tobytes(), strict=True)
    assert image.size == (1240, 1754)
    assert max(abs(one - other) for one, other in pairs) < 8


def test_a_giant_is_made_smaller(monkeypatch):
    monkeypatch.setattr(photos, "MOST_KEPT_PIXELS", 1000)
    _kind, image = redrawn(photo((200, 50)))
    assert image.size == (63, 15)


def test_more_pixels_than_any_camera_are_refused(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 2399)
    with pytest.raises(NotEvidence) as refusal:
        redrawn(photo())
    assert refusal.value.code == "pixels"


def test_a_small_profile_of_colours_stays():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert redrawn(photo(icc_profile=profile))[1].info["icc_profile"] == profile
    assert "icc_profile" not in redrawn(photo(icc_profile=profile + b"\0" * 20_000))[1].info
