"""A picture as a value: what to draw, what it says in words, and the table behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart or map with everything that a reader needs who cannot see it or does not trust it.

    ``spec``: Vega-Lite (or Vega where Lite cannot) with its data inline and no address outside.
    ``alternative``: two or three sentences with the leading numbers. ``columns`` and ``rows``: the
    data, formatted for the language. ``reproduce``: (how, text) pairs that give the same numbers
    and the same picture. ``note``: what stands under it.
    """

    id: str
    title: str
    spec: Mapping[str, Any]
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    reproduce: tuple[tuple[str, str], ...]
    note: str = ""
