"""The addresses of printed files: for one person, one file, and a day."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from reports.documents.formats import Format
from reports.press.room import Order
from units.models import User

SALT = "papers"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Ticket:
    """What an address of a printed file stands for, for the person who had it printed."""

    order: Order
    file_name: str
    again: str = ""  # the address that prints the paper once more
    expired: bool = False

    @property
    def title(self) -> str:
        return self.order.subject or self.file_name

    @property
    def is_shown(self) -> bool:
        """Whether browsers show it themselves."""
        return self.order.format == Format.PDF


def token_of(user: User, order: Order, name: str, again: str) -> str:
    return signing.dumps([user.pk, order.edition, order.name, name, again], salt=SALT, compress=True)


def ticket_of(user: User, token: str, name: str) -> Ticket | None:
    """Nothing where the token is not ours, another person's or another file's."""
    try:
        whose, edition, order_name, signed_name, again = signing.loads(token, salt=SALT)
    # An address that an earlier release gave says less.
    except (signing.BadSignature, ValueError):
        return None
    if (whose, signed_name) != (user.pk, name):
        return None
    try:
        signing.loads(token, salt=SALT, max_age=DAY)
    except signing.SignatureExpired:
        return Ticket(Order(edition, order_name), name, again, expired=True)
    return Ticket(Order(edition, order_name), name, again)
