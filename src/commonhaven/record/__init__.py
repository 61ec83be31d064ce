"""The record: acts in the order in which they were done, chained by hashes, sealed for readers."""

from commonhaven.record.chain import (
    GENESIS,
    Entry,
    Line,
    Sealed,
    chain,
    entry,
    for_reader,
    link,
    sealed,
)
from commonhaven.record.check import Finding, check
from commonhaven.record.content import Content, seal
from commonhaven.record.export import FORMAT, Header, export_lines, export_text
from commonhaven.record.walk import Fault, walk

__all__ = [
    "FORMAT",
    "GENESIS",
    "Content",
    "Entry",
    "Fault",
    "Finding",
    "Header",
    "Line",
    "Sealed",
    "chain",
    "check",
    "entry",
    "export_lines",
    "export_text",
    "for_reader",
    "link",
    "seal",
    "sealed",
    "walk",
]
