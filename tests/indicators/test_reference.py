from pathlib import Path

from commonhaven.indicators.reference import reference_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "indicators.md"


def test_the_reference_page_is_the_one_that_the_data_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_page()
