"""What the API takes and shows of practices, questions and offers."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from commonhaven.web.api.asking import LARGEST, Line, Note, Placed, Text, Word

Sure = Literal["measured", "documented", "reported", "not checked"]
Language = Literal["en", "fr", "es", "ar", "ru", "zh"]
Cited = Field(default="", max_length=120, description="Id of one that ships, or practice/ID")


class PracticeShown(Schema):
    """What a group did, with its result and source."""

    id: int
    title: str
    summary: str
    language: str
    themes: list[str]
    since: str
    result: str
    source: str
    sure: str
    needs: str
    party: str
    status: str
    audience: str
    release_at: datetime | None
    created_at: datetime


class ReuseShown(Schema):
    """A practice that a group took over, with what came of it."""

    id: int
    practice: str = Field(description="practice/ID, or the id of one that ships")
    group: str
    since: str
    result: str
    source: str
    sure: str
    audience: str
    release_at: datetime | None
    created_at: datetime


class AnswerShown(Schema):
    """An answer to a question."""

    group: str
    text: str
    practice: str
    at: datetime


class QuestionShown(Schema):
    """What a group asks another, or every group."""

    id: int
    group: str
    to: str | None = Field(description="Null where every group is asked")
    title: str
    text: str
    theme: str
    due: date
    status: str
    closing: str
    closed_at: datetime | None
    answered: int
    audience: str
    release_at: datetime | None
    created_at: datetime


class QuestionFull(QuestionShown):
    """A question with its answers."""

    answers: list[AnswerShown]


class OfferShown(Schema):
    """Observer status or an invitation to present."""

    id: int
    group: str
    to: str
    kind: str
    title: str
    text: str
    theme: str
    since: date
    until: date | None
    mutual: bool
    meeting: int | None
    status: str
    answer: str
    answered_at: datetime | None
    ended_at: datetime | None
    audience: str
    release_at: datetime | None
    created_at: datetime


class SuggestedPeer(Schema):
    """Whom one could ask, and why."""

    name: str
    group: str | None = Field(description="Short name, where it is a group of the platform")
    reasons: list[str]
    practices: list[str]


class Published(Placed):
    """A practice to publish."""

    title: Line
    summary: Text = Field(min_length=1)
    language: Language
    themes: list[Word] = Field(min_length=1, max_length=40)
    since: str = Field(default="", max_length=10)
    result: Text = ""
    source: Note = Field(min_length=1)
    sure: Sure
    needs: Text = ""


class Reason(Schema):
    """Why."""

    reason: Note


class TakenOver(Placed):
    """What came of a practice."""

    practice: str = Cited
    since: str = Field(default="", max_length=10)
    result: Text = Field(min_length=1)
    source: Note = Field(min_length=1)
    sure: Sure


class AskedPeer(Placed):
    """A question to a peer."""

    to: str | None = Field(default=None, max_length=60, description="Short name; null: every group")
    title: Line
    text: Text = ""
    theme: Word
    due: date


class Answered(Schema):
    """An answer to give."""

    text: Text = Field(min_length=1)
    practice: str = Cited


class Closing(Schema):
    """What the group takes from the answers."""

    closing: Text = Field(min_length=1)


class Offering(Placed):
    """Observer status to offer, or an invitation to make."""

    to: str = Field(max_length=60, description="Short name of the other group")
    kind: Literal["observer", "presentation"]
    title: Line
    text: Text = ""
    theme: Word = ""
    since: date
    until: date | None = None
    mutual: bool = False
    meeting: int | None = Field(default=None, ge=1, le=LARGEST)


class Stepped(Schema):
    """A step on an offer."""

    step: Literal["accept", "decline", "withdraw", "end"]
    text: Text = ""
