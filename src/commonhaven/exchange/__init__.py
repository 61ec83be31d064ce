"""Files of money in and out: IATI 2.03, OCHA FTS, CSV and XLSX, exact and in one pass."""

from commonhaven.exchange.activity import Activity, Part, by_activity
from commonhaven.exchange.book_csv import book_as_csv, read_book_csv, write_book_zip
from commonhaven.exchange.book_xlsx import read_book_xlsx, write_book_xlsx
from commonhaven.exchange.bounds import Bounds
from commonhaven.exchange.files import (
    flows_of,
    form_of,
    read_book_file,
    read_handed_in,
    taken,
    write_file,
    write_folder,
    write_text,
)
from commonhaven.exchange.flat import read_flat, write_flat
from commonhaven.exchange.from_book import activities, lost
from commonhaven.exchange.from_tables import Place, Tabled
from commonhaven.exchange.fts import Flow, flows, read_fts, write_fts
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.iati_write import write_iati
from commonhaven.exchange.mistakes import BadFile, Mistake, Report
from commonhaven.exchange.rounding import Rounding
from commonhaven.exchange.rows import write_rows
from commonhaven.exchange.sheet_xlsx import write_sheet
from commonhaven.exchange.to_book import Taken, as_book
from commonhaven.exchange.totals import Sums, totals
from commonhaven.exchange.transaction import Organisation, Transaction

__all__ = [
    "Activity",
    "BadFile",
    "Bounds",
    "Flow",
    "Mistake",
    "Organisation",
    "Part",
    "Place",
    "Report",
    "Rounding",
    "Sums",
    "Tabled",
    "Taken",
    "Transaction",
    "activities",
    "as_book",
    "book_as_csv",
    "by_activity",
    "flows",
    "flows_of",
    "form_of",
    "lost",
    "read_book_csv",
    "read_book_file",
    "read_book_xlsx",
    "read_flat",
    "read_fts",
    "read_handed_in",
    "read_iati",
    "taken",
    "totals",
    "write_book_xlsx",
    "write_book_zip",
    "write_file",
    "write_flat",
    "write_folder",
    "write_fts",
    "write_iati",
    "write_rows",
    "write_sheet",
    "write_text",
]
