import runpy
from pathlib import Path

import pytest

CHECK = runpy.run_path(str(Path(__file__).with_name("links.py")))


def project(folder: Path, text: str) -> Path:
    (folder / "docs").mkdir()
    (folder / "docs" / "other.md").write_text(
        "# One thing\n\n## Twice\n\n## Twice\n\n```\n# Not a heading\n```\n"
        "\n## `share` and *more*!\n",
        encoding="utf-8",
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
    return folder


GOOD = """\
# Top
[a](docs/other.md) [b](docs/other.md#one-thing) [c](docs/other.md#twice-1) [d](#top) [e](docs/)
[f](docs/other.md#share-and-more) ![g](docs/other.md "with a title") [h](<docs/other.md>)
[i](https://data.worldbank.org/indicator/SP.POP.TOTL) <mailto:desk@example.org> [j][ref]
`[code](nowhere.md)`

[ref]: docs/other.md

```console
[not a link](nowhere.md)
```
"""


def test_good_links_pass(tmp_path: Path) -> None:
    assert CHECK["broken"](project(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("[a](docs/no.md)", "docs/no.md leads to no file"),
        ("[a](docs/other.md#three)", "docs/other.md#three has no heading #three"),
        ("[a](docs/other.md#not-a-heading)", "docs/other.md#not-a-heading has no heading"),
        ("[a](docs/other.md#twice-2)", "docs/other.md#twice-2 has no heading #twice-2"),
        ("[a](#bottom)", "#bottom has no heading #bottom"),
        ("[a](../outside.md)", "../outside.md leads out of the project"),
        ("[a](/etc/hosts)", "/etc/hosts starts at the root of the machine"),
        ("[a](https://)", "https:// has no host"),
        ("[a](https://nowhere)", "https://nowhere has no host"),
        ("[a](htp://example.org)", "htp://example.org has the scheme htp"),
        ("[a](mailto:nobody)", "mailto:nobody is no mail address"),
        ("[a][gone]", "[gone] is not defined"),
        ("[a]()", " is empty"),
        ("[gone]: docs/no.md", "docs/no.md leads to no file"),
    ],
)
def test_broken_link_is_named_with_its_line(tmp_path: Path, link: str, reason: str) -> None:
    (found,) = CHECK["broken"](project(tmp_path, f"# Top\n\n{link}\n"))
    assert found.startswith(f"README.md:3: {reason}")


def test_our_own_pages_have_no_broken_link() -> None:
    assert CHECK["broken"](CHECK["ROOT"]) == []
