"""Migrations that come after the product's own; Django finds both in one package."""

from pathlib import Path

import reports.migrations

PRODUCT = Path(reports.migrations.__file__).parent
NEWEST = max(path.stem for path in PRODUCT.glob("[0-9]*.py"))
__path__ = [str(PRODUCT), str(Path(__file__).parent)]
