"""The kind of problem that a charter has."""

from commonhaven.reading import Problem


class CharterProblem(Problem):
    """A charter that cannot be used as it stands."""
