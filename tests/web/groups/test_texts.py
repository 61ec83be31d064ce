"""Findings beside a charter's text name the line where it can be told."""

from commonhaven.web.groups.texts import charter_of, remarks

TEXT = """\
[group]
id = "pair"
name.en = "Pair"
version = "1"
in_force = 2026-01-01

[[members]]
state = "GHA"
tier = "inner core"
since = 2026-01-01

[[members]]
state = "XQQ"
tier = "outer core"
since = 2026-01-01

[responsibility]
rule = "nonsense"

[costs]
ceiling = "1"
"""
LIST = """\
group.id = "pair"
group.name.en = "Pair"
group.version = "1"
group.in_force = 2026-01-01
members = [
  # comment
  { state = "GHA", tier = "inner core", since = 2026-01-01 },
  { state = "FRA", tier = "middle core", since = 2026-01-01 },
]
"""


def test_errors_of_terms_and_rows_have_their_lines() -> None:
    wrong = {one.line: one.said for one in remarks(TEXT) if one.error}
    assert set(wrong) == {13, 18}
    assert 'no state has the code "XQQ"' in wrong[13]
    assert "no rule is called nonsense" in wrong[18]


def test_rows_of_a_list_are_counted_without_comments() -> None:
    assert [(one.error, one.line) for one in remarks(LIST)] == [(True, 8)]


def test_broken_text_has_the_line_of_the_reader() -> None:
    (one,) = remarks("[group]\nid = \n")
    assert (one.error, one.line) == (True, 2)


def test_text_without_errors_reads() -> None:
    good = TEXT.replace("XQQ", "FRA").replace("nonsense", "equal")
    assert not any(one.error for one in remarks(good))
    assert list(charter_of(good).members_on(charter_of(good).group.in_force)) == ["FRA", "GHA"]
