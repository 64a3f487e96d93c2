"""The name under which a file is listed and downloaded: the person's own words, nothing that could trick."""

import re
import unicodedata

MOST_BYTES = 180  # Vietnamese letters take up to three, and file systems hold 255
# Endings that a device gives to the kinds that are taken; any other stays as part of the name.
ENDINGS = re.compile(r"\.(?:pdf|jpe?g|jpe|jfif|png|webp|docx?|docm|xlsx?|xlsm)\Z", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*;%$`\'\\/]')


def clean_name(name: str, extension: str, otherwise: str) -> str:
    """The last part of a path with the extension that fits its content; `otherwise` where none is left."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    # Cc, Cf, Co, Cs: controls, marks that turn the direction of writing, what has no shape.
    name = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    stem = " ".join(FORBIDDEN.sub("_", ENDINGS.sub("", name.strip())).split()).strip(". ")
    stem = stem.encode()[: MOST_BYTES - len(extension)].decode(errors="ignore").strip(". ")
    return f"{stem or otherwise}{extension}"
