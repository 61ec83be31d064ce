"""How well a process does: scorecards, the diagnostic of 2005, what became of recommendations."""

from commonhaven.processes.evaluation.diagnostic import (
    Answer,
    Diagnosis,
    Questionnaire,
    diagnose,
    question,
    questions,
    read_answers,
)
from commonhaven.processes.evaluation.follow_up import (
    Line,
    Recommendation,
    Register,
    Step,
    follow_up,
)
from commonhaven.processes.evaluation.ranking import DIMENSIONS, Ranked, ranking
from commonhaven.processes.evaluation.scorecard import (
    GRADES,
    Measure,
    Review,
    Scorecard,
    read_review,
    scorecard,
)

__all__ = [
    "DIMENSIONS",
    "GRADES",
    "Answer",
    "Diagnosis",
    "Line",
    "Measure",
    "Questionnaire",
    "Ranked",
    "Recommendation",
    "Register",
    "Review",
    "Scorecard",
    "Step",
    "diagnose",
    "follow_up",
    "question",
    "questions",
    "ranking",
    "read_answers",
    "read_review",
    "scorecard",
]
