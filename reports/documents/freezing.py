"""A paper as text and back: what names its file in the store, and what the press is given to print."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from reports.documents import content
from reports.documents.content import Paper


def freeze(paper: Paper) -> str:
    """The same content gives the same text."""
    return json.dumps(_plain(paper), ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> Paper:
    return _alive(json.loads(text))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {"is": type(value).__name__, **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    if hasattr(value, "_fields"):
        return {"is": type(value).__name__, "with": [_plain(part) for part in value]}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return {"is": "date", "with": value.isoformat()}
    if isinstance(value, Decimal):
        return {"is": "Decimal", "with": str(value)}
    return value


def _alive(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_alive, value))
    if not isinstance(value, dict):
        return value
    parts = {name: _alive(part) for name, part in value.items() if name != "is"}
    match value["is"]:
        case "date":
            return date.fromisoformat(parts["with"])
        case "Decimal":
            return Decimal(parts["with"])
        case name:
            kind = getattr(content, name)
            return kind(*parts["with"]) if "with" in parts else kind(**parts)
