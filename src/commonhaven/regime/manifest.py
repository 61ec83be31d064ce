"""The manifest: hashes that tell whether two plans are the same, and what differs if not."""

from collections.abc import Iterable

from commonhaven import __version__
from commonhaven.reading import digest, dump
from commonhaven.regime.plan import Inputs, Manifest, Result
from commonhaven.working import Line


def manifest(inputs: Inputs, result: Result, trace: Iterable[Line]) -> Manifest:
    """The manifest of a plan computed by this version of the engine."""
    asked = str(inputs.asked_for or "")
    parts = {
        "engine": __version__,
        "charter": digest(dump(inputs.charter)),
        "situation": digest(dump(inputs.situation)),
        "figures": digest([dump(inputs.figures), dump(inputs.missing)]),
        "result": digest(dump(result)),
        "trace": digest(dump(tuple(trace))),
    }
    whole = digest({**parts, "rule": inputs.rule, "asked_for": asked})
    return Manifest(**parts, plan=whole)
