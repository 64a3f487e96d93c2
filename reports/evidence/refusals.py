"""Why a file is not taken as evidence, and how to mend that, by a short code."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.evidence.limits import SIZES

REASONS = {
    "none": _("No file came with it. Choose a file first."),
    "empty": _("The file is empty. Open it on your device, save it again and choose it once more."),
    "too_large": _(
        "The file is larger than %(largest)s MB. Send a photo at its normal size, scan papers at a lower "
        "resolution, or split the document."
    ),
    "too_many": _(
        "There are %(most)s files here already, which is the most. Remove one first, or put several pages "
        "into one PDF."
    ),
    "kind": _(
        "Files of this kind are not taken. Choose a PDF, a photo (JPEG, PNG), a Word or an Excel file; "
        "anything else can be saved as PDF first."
    ),
    "archive": _("Archives (.zip, .rar) are not taken. Unpack it and choose the files in it one by one."),
    "heic": _(
        "This photo is in the iPhone's HEIC format, which most computers cannot open. Choose Settings › "
        "Camera › Formats › Most Compatible and take it again, or choose a screenshot of it."
    ),
    "moving": _("Moving pictures are not taken. Choose a single photo or a screenshot."),
    "pixels": _(
        "The picture has more than %(pixels)s million pixels. Take it again at the camera's normal size."
    ),
    "damaged": _(
        "The file is damaged or not complete and cannot be opened. Open it on your device, save it again and "
        "choose the new file."
    ),
    "protected": _(
        "The file is protected by a password, so nobody could read it here. Remove the password and choose "
        "it again."
    ),
    "mixed": _("The file has another one hidden in it. Open it, save it as PDF and choose that one."),
    "unpacked": _("The file is far too large when unpacked. Save it as PDF and choose that one."),
    "macros": _("The file has macros in it, which are programs. Save it as PDF and choose that one."),
    "embedded": _("The file has other files or objects in it. Save it as PDF and choose that one."),
    "fetching": _(
        "The file fetches something from outside when it is opened. Save it as PDF and choose that one."
    ),
    "complex": _("The file is too complex to be checked. Print it to a new PDF and choose that one."),
    "not_stored": _(
        "The file could not be stored, and your report is as it was. Try again later; if it happens again, "
        "tell the administrator."
    ),
}


class NotEvidence(ValidationError):  # noqa: N818 - the name says what callers ask
    """The file is not taken; `reason` is a key of REASONS, `str()` the sentence for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason], code=reason, params=SIZES)

    def __str__(self) -> str:
        return self.messages[0]
