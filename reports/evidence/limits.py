"""What may be attached, as it is said to people before they choose."""

from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 20 * 2**20
# At one place of a report: an entry, or the report as a whole.
MOST_FILES = 10
MOST_PIXELS = 50_000_000
KINDS = _("PDF, photos (JPEG, PNG), Word, Excel")
# Naming JPEG but not HEIC makes an iPhone convert its photos by itself.
ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,.pdf,.jpg,.jpeg,.png,.webp,.doc,.docx,.xls,.xlsx"
# The same as numbers in a sentence.
SIZES = {"largest": LARGEST_FILE // 2**20, "most": MOST_FILES, "pixels": MOST_PIXELS // 10**6}
