"""One indicator as a table of text: a row a state, a column a year, read row by row."""

from collections.abc import Mapping
from itertools import zip_longest


class Table:
    """Comma-separated text without quotes: a header, then a row a state, sorted by state."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.columns = text[: text.index("\n")].split(",")[1:]
        self._rows: dict[str, dict[str, str]] = {}

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(line.partition(",")[0] for line in self._text.splitlines()[1:])

    def row(self, state: str) -> Mapping[str, str]:
        """Column → text of the cells that are filled in; empty where there is no such row."""
        if state not in self._rows:
            start = self._text.find(f"\n{state},") + 1
            end = self._text.find("\n", start)
            cells = self._text[start:end].split(",")[1:] if start else []
            pairs = zip_longest(self.columns, cells, fillvalue="")
            self._rows[state] = {column: cell for column, cell in pairs if cell}
        return self._rows[state]


def written(cells: Mapping[tuple[str, int], str]) -> str:
    """The table of (state, period) → text, as `Table` reads it."""
    periods = sorted({period for _, period in cells})
    lines = ["state," + ",".join(map(str, periods))]
    for state in sorted({state for state, _ in cells}):
        row = (cells.get((state, period), "") for period in periods)
        lines.append(f"{state}," + ",".join(row))
    return "\n".join(lines) + "\n"
