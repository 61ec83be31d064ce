import runpy
from email.message import Message
from pathlib import Path

import pytest

CHECK = runpy.run_path(str(Path(__file__).with_name("licences.py")))


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("MIT", "permissive"),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "permissive"),
        ("Apache-2.0 OR GPL-3.0-or-later", "permissive"),
        ("MIT AND GPL-3.0-or-later", "copyleft"),
        ("MIT AND (GPL-2.0-only OR LGPL-2.1-or-later)", "lesser copyleft"),
        ("(MIT OR GPL-2.0-only) AND MPL-2.0", "weak copyleft"),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", "permissive"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "copyleft"),
        ("BSD-2-Clause AND Apache-2.0 WITH LLVM-exception", "permissive"),
        ("OFL-1.1", "permissive"),
        ("AGPL-3.0-or-later", "copyleft"),
        ("LicenseRef-Ours", "unknown"),
        ("MIT AND LicenseRef-Ours", "unknown"),
        ("(MIT", "unknown"),
        ("", "unknown"),
    ],
)
def test_kind_of_expression(expression: str, kind: str) -> None:
    assert CHECK["kind_of_expression"](expression) == kind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ([("License-Expression", "LGPL-3.0-only"), ("License", "MIT")], "lesser copyleft"),
        ([("Classifier", "License :: OSI Approved :: BSD License")], "permissive"),
        (
            [("Classifier", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)")],
            "copyleft",
        ),
        (
            [
                (
                    "Classifier",
                    "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)",
                )
            ],
            "lesser copyleft",
        ),
        ([("Classifier", "Programming Language :: Python"), ("License", "MIT")], "permissive"),
        ([("License", "The MIT License\n\nPermission is ...")], "permissive"),
        ([("License", "SIL OFL V1.1")], "permissive"),
        ([("License", "Ask us")], "unknown"),
        ([], "unknown"),
    ],
)
def test_licence_is_read_from_what_the_package_declares(
    headers: list[tuple[str, str]], kind: str
) -> None:
    described = Message()
    for name, value in headers:
        described[name] = value
    assert CHECK["licence_of"](described)[1] == kind


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("permissive", ["runtime", "web", "dev", "bench"]),
        ("weak copyleft", ["runtime", "web", "dev", "bench"]),
        ("lesser copyleft", ["web", "dev", "bench"]),
        ("unknown", ["dev", "bench"]),
        ("copyleft", []),
    ],
)
def test_what_fits_where(kind: str, groups: list[str]) -> None:
    assert [group for group in CHECK["GROUPS"] if CHECK["fits"](kind, group)] == groups


def test_missing_package_fails_only_where_users_install_it() -> None:
    name = "no-such-package-anywhere"
    assert CHECK["report"]("runtime", [name])[1] == [name]
    assert CHECK["report"]("dev", [name])[1] == []


def test_pinned_packages_are_found() -> None:
    assert {"babel", "click", "numpy"} <= set(CHECK["pinned"]("runtime"))
    assert "colorama" not in CHECK["pinned"]("dev") or __import__("sys").platform == "win32"
