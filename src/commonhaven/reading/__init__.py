"""Files in: exact numbers, tables and TOML, with errors that say what, where and what to do."""

from commonhaven.reading.canonical import canonical, digest
from commonhaven.reading.csv_out import Cell, as_csv
from commonhaven.reading.days import YEARS, days_after, months_after
from commonhaven.reading.model import build, described, dump, read_field, schema
from commonhaven.reading.numbers import decimal_text, exact, whole
from commonhaven.reading.problem import Problem, closest, few
from commonhaven.reading.table import Row, Table, read_table
from commonhaven.reading.toml import load_named, load_toml, package_files, parse_toml

__all__ = [
    "YEARS",
    "Cell",
    "Problem",
    "Row",
    "Table",
    "as_csv",
    "build",
    "canonical",
    "closest",
    "days_after",
    "decimal_text",
    "described",
    "digest",
    "dump",
    "exact",
    "few",
    "load_named",
    "load_toml",
    "months_after",
    "package_files",
    "parse_toml",
    "read_field",
    "read_table",
    "schema",
    "whole",
]
