"""IATI 2.03 out and in: valid by the published schema, exact, and safe against hostile files."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from exchange_world import FRANCE, MADE, ONE, REPORTER, UNICEF, files
from hypothesis import given, settings
from lxml import etree

from commonhaven.exchange.activity import Activity, by_activity
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.iati_write import write_iati
from commonhaven.exchange.mistakes import BadFile, Report
from commonhaven.exchange.transaction import NOBODY, Organisation, Transaction
from commonhaven.reading import Problem


def written(transactions: list[Transaction]) -> str:
    return "".join(write_iati(by_activity(transactions, REPORTER), MADE))


def read(text: str | bytes, folder: Path, report: Report | None = None) -> list[Transaction]:
    path = folder / "file.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_iati(path, report=report))


@settings(deadline=None)
@given(transactions=files())
def test_what_is_written_is_valid_and_reads_back_the_same(
    transactions: list[Transaction],
    schema: etree.XMLSchema,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = written(transactions)
    schema.assertValid(etree.parse(io.BytesIO(text.encode())))
    assert read(text, tmp_path_factory.getbasetemp()) == transactions


def test_a_file_of_another_hand_lends_what_its_transactions_leave_out(tmp_path: Path) -> None:
    found = read(FOREIGN, tmp_path)
    assert found == [
        Transaction(
            activity="XM-DAC-41121-2016-GHA", kind="incoming commitment", ref="7",
            on=datetime(2016, 3, 1, tzinfo=UTC).date(), value=Decimal("12.345"), currency="USD",
            provider=Organisation("Government of Denmark", "XM-DAC-3-1", "government", ""),
            receiver=Organisation("UNHCR", "XM-DAC-41121", "multilateral", ""),
            provider_activity="XM-DAC-3-1-77", about="In words", aid_type="B03",
            earmarking="tightly earmarked", humanitarian=True, country="GHA", year=2016,
        ),
        Transaction(
            activity="XM-DAC-41121-2016-GHA", kind="expenditure",
            on=datetime(2016, 12, 31, tzinfo=UTC).date(), value=Decimal(5), currency="EUR",
            provider=Organisation("UNHCR", "XM-DAC-41121", "multilateral", ""), receiver=NOBODY,
            aid_type="B03", humanitarian=False, country="GHA", year=2016,
        ),
    ]  # fmt: skip


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment -->
<iati-activities version="2.03" xmlns:x="urn:other">
 <iati-activity default-currency="USD" humanitarian="1">
  <iati-identifier> XM-DAC-41121-2016-GHA </iati-identifier>
  <reporting-org ref="XM-DAC-41121" type="40">
   <narrative>
     UNHCR</narrative><narrative xml:lang="fr">HCR</narrative></reporting-org>
  <title><narrative>Ghana 2016</narrative></title>
  <description><narrative>What is done</narrative></description>
  <participating-org ref="XM-DAC-41121" type="40" role="4"/>
  <activity-status code="4"/>
  <activity-date type="2" iso-date="2016-01-01"/><activity-date type="4" iso-date="2016-12-31"/>
  <contact-info><organisation><narrative>not this</narrative></organisation></contact-info>
  <recipient-country code="GH"/>
  <default-aid-type code="B03"/>
  <budget><period-start iso-date="2016-01-01"/><period-end iso-date="2016-12-31"/>
   <value currency="USD" value-date="2016-01-01">999</value></budget>
  <planned-disbursement><period-start iso-date="2016-01-01"/>
   <value currency="USD" value-date="2016-01-01">999</value>
   <provider-org><narrative>nor this</narrative></provider-org></planned-disbursement>
  <transaction ref="7">
   <transaction-type code="11"/><transaction-date iso-date="2016-03-01"/>
   <value value-date="2016-03-01"> 12.345 </value>
   <description><narrative>In words</narrative><narrative>non</narrative></description>
   <provider-org ref="XM-DAC-3-1" type="10" provider-activity-id="XM-DAC-3-1-77">
    <narrative>Government of Denmark</narrative></provider-org>
   <x:note>of another namespace<x:value>1</x:value></x:note>
   <aid-type code="4" vocabulary="2"/>
  </transaction>
  <transaction humanitarian="0">
   <transaction-type code="4"/><transaction-date iso-date="2016-12-31"/>
   <value currency="EUR" value-date="2016-12-31">5</value>
  </transaction>
  <result type="1"><title><narrative>nor that</narrative></title>
   <description><narrative>nor here</narrative></description></result>
 </iati-activity>
</iati-activities>
"""

BOMB = """<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<iati-activities version="2.03"><iati-activity><iati-identifier>&b;</iati-identifier>
</iati-activity></iati-activities>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE out SYSTEM "file:///etc/hostname">
<iati-activities version="2.03"/>"""

BAD = {
    "entities": (BOMB, "line 2, element !DOCTYPE: the file brings its own document type."),
    "outside": (OUTSIDE, "line 2, element !DOCTYPE: the file brings its own document type."),
    "entity": (
        FOREIGN.replace("Ghana 2016", "&a;"),
        "line 9, column 21: not well-formed XML (undefined entity).",
    ),
    "cut": (FOREIGN[:900], "not well-formed XML (unclosed token)."),
    "another": ("<rss version='2.0'/>", "line 1, element rss: this is no IATI file"),
    "version": (
        FOREIGN.replace("2.03", "1.05"),
        'line 3, element iati-activities: version "1.05" is not read.',
    ),
    "name": (
        FOREIGN.replace(" XM-DAC-41121-2016-GHA ", ""),
        "element iati-activity: an activity has no identifier.",
    ),
    "kind": (FOREIGN.replace('code="11"', 'code="19"'), 'element transaction-type: "19" is no'),
    "day": (
        FOREIGN.replace('date iso-date="2016-03-01"', 'date iso-date="2016-13-01"'),
        'element transaction-date: "2016-13-01" is not a date. Write 2026-01-31.',
    ),
    "amount": (FOREIGN.replace(" 12.345 ", "12,345"), 'element value: "12,345" is not a number.'),
    "no amount": (FOREIGN.replace(" 12.345 ", ""), "element value: the amount is missing."),
    "currency": (FOREIGN.replace('"USD"', '"US$"'), 'element value: "US$" is no currency.'),
    "truth": (
        FOREIGN.replace('humanitarian="0"', 'humanitarian="maybe"'),
        'element @humanitarian: "maybe" is neither yes nor no.',
    ),
    "role": (FOREIGN.replace('role="4"', 'role="9"'), 'element participating-org: "9" is no role.'),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    text, said = BAD[name]
    with pytest.raises(Problem) as problem:
        read(text, tmp_path)
    assert said in str(problem.value)
    assert problem.value.where.startswith(str(tmp_path / "file.xml") + ", line ")
    assert problem.value.fix


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = FOREIGN.replace('code="11"', 'code="19"').replace('humanitarian="0"', 'humanitarian="?"')
    report = Report(where="file.xml")
    assert read(text, tmp_path, report) == []
    assert [(one.row, one.column) for one in report.mistakes] == [
        (22, "transaction-type"), (31, "@humanitarian"),
    ]  # fmt: skip
    with pytest.raises(BadFile, match=r"And 1 more mistake\. Nothing was taken from file\.xml\."):
        report.settle()


def test_a_file_without_activity_is_refused() -> None:
    with pytest.raises(Problem, match="there is no activity to write"):
        written([])


def test_transactions_of_one_activity_stand_together() -> None:
    with pytest.raises(Problem, match="do not stand together"):
        written([ONE, ONE._replace(activity="XX-2"), ONE])


def test_a_reporter_without_identifier_is_refused() -> None:
    with pytest.raises(Problem, match="a reporter with its type"):
        "".join(write_iati(by_activity([ONE], FRANCE), MADE))


def test_a_sign_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(Problem, match="holds a sign that XML has no room for"):
        written([ONE._replace(about="a\x00b")])


def test_the_head_of_an_activity_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_text(FOREIGN, encoding="utf-8")
    heads: list[Activity] = []
    assert len(list(read_iati(path, heads=heads.append))) == 2
    assert [(one.title, one.countries, one.ended, one.year) for one in heads] == [
        ("Ghana 2016", ("GHA",), True, 2016)
    ]


def test_what_is_passed_on_is_told_apart(tmp_path: Path) -> None:
    hop = ONE._replace(kind="disbursement", provider=UNICEF, provider_activity="XX-0",
                       passed_on=True)  # fmt: skip
    arrived = hop._replace(kind="incoming funds", provider_activity="XX-1")
    first = ONE._replace(kind="incoming funds", provider_activity="donor's own")
    text = written([hop, arrived, first])
    assert [one.passed_on for one in read(text, tmp_path)] == [True, True, False]
