"""The manifest: hashes that tell whether two plans are the same, and what differs if not."""

from collections.abc import Iterable

from commonhaven import __version__
from commonhaven.allocation.registry import added_by
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
    packages = plug_ins(inputs)
    whole = digest({**parts, "rule": inputs.rule, "asked_for": asked, "plug_ins": list(packages)})
    return Manifest(**parts, plug_ins=packages, plan=whole)


def plug_ins(inputs: Inputs) -> tuple[str, ...]:
    """The packages that add the rule, the scale or a key of this plan."""
    terms = inputs.charter
    names = (inputs.rule, terms.costs.scale, terms.protection.residual_key)
    return tuple(sorted({found for name in names if (found := added_by(name))}))
