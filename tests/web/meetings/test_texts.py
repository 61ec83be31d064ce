"""Agenda, documents, speakers, summary record, outcome document."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.actions import Paper, Words
from commonhaven.web.meetings.models import AdoptedText, AgendaItem, Document, Intervention, Meeting
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Sitting = tuple[Meeting, datetime]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def last(act: str) -> dict[str, object]:
    entry = Entry.objects.latest("number")
    assert entry.act == act
    found: dict[str, object] = json.loads(entry.body)
    return found


def test_agenda_is_proposed_ordered_adopted(convened: Meeting, seat: Seats, now: datetime) -> None:
    first = actions.propose_item(meeting=convened, title="Plan", by=seat("ghana"), at=now)
    second = actions.propose_item(meeting=convened, title="Report", by=seat("france"), at=now)
    actions.order_items(
        meeting=convened, numbers={first.pk: 2, second.pk: 1}, by=seat("secretariat"), at=now
    )
    assert last("agenda ordered") == {"order": ["Report", "Plan"]}
    actions.adopt_agenda(meeting=convened, by=seat("secretariat"), at=now)
    assert list(AgendaItem.objects.values_list("title", "number", "status")) == [
        ("Report", 1, "adopted"), ("Plan", 2, "adopted"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="adopted agenda"):
        actions.remove_item(item=first, by=seat("ghana"), at=now)


def test_an_order_that_names_not_every_point_is_a_conflict(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    one = actions.propose_item(meeting=convened, title="Plan", by=seat("ghana"), at=now)
    actions.propose_item(meeting=convened, title="Report", by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="every point"):
        actions.order_items(meeting=convened, numbers={one.pk: 1}, by=seat("secretariat"), at=now)


def test_organisations_leave_proposals_to_members(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    for who in ("ngo", "observer", "analyst"):
        with pytest.raises(Refused):
            actions.propose_item(meeting=convened, title="Ours", by=seat(who), at=now)
        with pytest.raises(Refused):
            actions.propose_paragraph(meeting=convened, text="Ours", by=seat(who), at=now)


def handed_in(meeting: Meeting, by: Seat, at: datetime, text: str = "We need water.") -> Document:
    return actions.submit_document(
        group=meeting.group, meeting=meeting, paper=Paper(title="Needs", text=text),
        placing=Placing(audience="consultative"), by=by, at=at,
    )  # fmt: skip


def test_documents_get_symbols_and_versions(convened: Meeting, seat: Seats, now: datetime) -> None:
    made = handed_in(convened, seat("ngo"), now)
    other = handed_in(convened, seat("ghana"), now)
    assert (made.symbol, other.symbol) == (
        f"WEST-AFRICA/{now.year}/M1/L.1", f"WEST-AFRICA/{now.year}/M1/L.2",
    )  # fmt: skip
    second = actions.new_version(
        document=made, paper=Paper(title="Needs", text="We need clean water."), by=seat("ngo"),
        at=now,
    )  # fmt: skip
    french = actions.new_version(
        document=made, paper=Paper(title="Besoins", text="Eau", language="fr"), by=seat("ngo"),
        at=now,
    )  # fmt: skip
    assert (second.version, french.version, made.version) == (2, 1, 1)
    with pytest.raises(Refused):
        actions.new_version(
            document=made, paper=Paper(title="Theirs", text="x"), by=seat("ghana"), at=now
        )


def test_symbols_tell_nothing_of_what_others_handed_in(
    group: Group, convened: Meeting, seat: Seats, now: datetime, caucus: Caucus
) -> None:
    """Each series is counted by itself, and a symbol taken in another room is free here."""
    coast = Placing(audience="caucus", caucus=caucus)
    other = Caucus.objects.create(group=group, name="Givers", parties=["GHA", "FRA"])
    stem, made = f"WEST-AFRICA/{now.year}/M1/", []
    for who, placing, symbol in (
        ("ghana", coast, ""), ("ghana", coast, "OWN/1"), ("ghana", Placing(), ""),
        ("france", Placing(), "OWN/1"), ("france", Placing(audience="caucus", caucus=other), ""),
        ("ngo", Placing(audience="consultative"), ""), ("ngo", Placing(audience="public"), ""),
        ("liberia", coast, ""), ("ngo", Placing(audience="public"), "OWN/1"),
    ):  # fmt: skip
        paper = Paper(title="Needs", text="Water", symbol=symbol)
        made.append(actions.submit_document(
            group=group, meeting=convened, paper=paper, placing=placing, by=seat(who), at=now
        ).symbol)  # fmt: skip
    assert made == [
        f"{stem}CRP.1", "OWN/1", f"{stem}R.1", "OWN/1", f"{stem}CRP.1", f"{stem}L.1", f"{stem}1",
        f"{stem}CRP.2", "OWN/1",
    ]  # fmt: skip
    with pytest.raises(Conflict, match="exists in this language"):
        actions.submit_document(
            group=group, meeting=convened, paper=Paper(title="x", text="y", symbol="OWN/1"),
            placing=coast, by=seat("liberia"), at=now,
        )  # fmt: skip


def test_versions_stay_within_their_audience(
    group: Group, seat: Seats, now: datetime, caucus: Caucus
) -> None:
    """A text of the same symbol in another room is another text, not an earlier version."""

    def hand_in(placing: Placing) -> Document:
        return actions.submit_document(
            group=group, meeting=None, paper=Paper(title="T", text="x", symbol="OWN/1"),
            placing=placing, by=seat("ghana"), at=now,
        )  # fmt: skip

    hidden, shown = hand_in(Placing(audience="caucus", caucus=caucus)), hand_in(Placing())
    more = Paper(title="T", text="y")
    actions.new_version(document=hidden, paper=more, by=seat("ghana"), at=now)
    assert actions.new_version(document=shown, paper=more, by=seat("ghana"), at=now).version == 2


def test_organisation_learns_no_number_of_what_only_members_read(
    group: Group, seat: Seats, now: datetime
) -> None:
    """What it hands in for members has a series of its own, whatever members have handed in."""

    def hand_in(who: str, symbol: str = "") -> str:
        paper = Paper(title="T", text="x", symbol=symbol)
        made = actions.submit_document(
            group=group, meeting=None, paper=paper, placing=Placing(), by=seat(who), at=now
        )
        return made.symbol

    stem = f"WEST-AFRICA/{now.year}/"
    assert [hand_in(who) for who in ("ghana", "ngo", "ghana", "ngo")] == [
        f"{stem}R.1", f"{stem}SUB.COUNCIL-OF-LEA.1", f"{stem}R.2", f"{stem}SUB.COUNCIL-OF-LEA.2",
    ]  # fmt: skip
    for symbol in (f"{stem}R.1", "FREE/1"):
        with pytest.raises(Problem, match="do not see what is for that audience"):
            hand_in("ngo", symbol)


def test_two_versions_are_compared_word_by_word(
    convened: Meeting, seat: Seats, now: datetime, signed_in: Callable[[str], Client]
) -> None:
    made = handed_in(convened, seat("ngo"), now)
    second = actions.new_version(
        document=made, paper=Paper(title="Needs", text="We need <b>clean</b> water."),
        by=seat("ngo"), at=now,
    )  # fmt: skip
    page = signed_in("ghana").get(f"{made.get_absolute_url()}compare/{second.pk}/")
    assert "We need <ins>&lt;b&gt;clean&lt;/b&gt; </ins>water." in page.text


def test_a_file_is_kept_by_hash_and_served_as_a_download_only(
    convened: Meeting, signed_in: Callable[[str], Client]
) -> None:
    body = b"<script>alert(1)</script>"
    upload = SimpleUploadedFile("../../evil name.txt", body)
    client = signed_in("ngo")
    answer = client.post(
        f"{convened.get_absolute_url()}documents/",
        {"title": "Needs", "language": "en", "audience": "consultative", "file": upload},
    )
    made = Document.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.file, made.file_name, made.size) == (
        sha256(body).hexdigest(), "evil name.txt", len(body),
    )  # fmt: skip
    served = signed_in("ghana").get(f"{made.get_absolute_url()}file/")
    assert b"".join(served.streaming_content) == body  # type: ignore[attr-defined]
    assert served["Content-Disposition"] == 'attachment; filename="evil name.txt"'
    assert (served["X-Content-Type-Options"], served["Content-Type"]) == (
        "nosniff", "application/octet-stream",
    )  # fmt: skip
    for who in ("nobody", "outsider"):
        assert signed_in(who).get(f"{made.get_absolute_url()}file/").status_code == 404


def test_an_organisation_may_hand_in_what_only_members_read(
    convened: Meeting, signed_in: Callable[[str], Client]
) -> None:
    sent = {"title": "A source", "language": "en", "audience": "members", "text": "Seen at night"}
    page = signed_in("ngo").post(f"{convened.get_absolute_url()}documents/", sent, follow=True)
    made = Document.objects.get()
    assert page.status_code == 200
    assert "you see it no more" in page.text
    assert "A source" not in page.text
    assert signed_in("ngo").get(made.get_absolute_url()).status_code == 404
    assert signed_in("ghana").get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "case",
    [("a.exe", 10, "not taken"), ("a.pdf", 5_000_001, "too large"), ("a.pdf", 0, "empty")],
)
def test_files_that_are_not_taken(
    convened: Meeting, seat: Seats, now: datetime, case: tuple[str, int, str]
) -> None:
    name, size, said = case
    paper = Paper(title="x", file=io.BytesIO(b"x" * size), file_name=name)
    with pytest.raises(Problem, match=said):
        actions.submit_document(
            group=convened.group, meeting=convened, paper=paper, placing=Placing(),
            by=seat("ghana"), at=now,
        )  # fmt: skip
    assert Document.objects.count() == 0


def test_a_document_is_released_from_an_instant_on(
    convened: Meeting, seat: Seats, now: datetime, signed_in: Callable[[str], Client],
    forward: Callable[[timedelta], None],
) -> None:  # fmt: skip
    made = handed_in(convened, seat("ngo"), now)
    actions.release(item=made, when=now + HOUR, by=seat("ngo"), at=now)
    assert signed_in("nobody").get(made.get_absolute_url()).status_code == 404
    with pytest.raises(Conflict, match="not put off"):
        actions.release(item=made, when=now + 9 * HOUR, by=seat("ngo"), at=now)
    forward(HOUR + MINUTE)
    assert signed_in("nobody").get(made.get_absolute_url()).status_code == 200
    with pytest.raises(Conflict, match="public already"):
        actions.release(item=made, when=now + 9 * HOUR, by=seat("ngo"), at=now + 2 * HOUR)
    with pytest.raises(Refused):
        actions.release(item=convened, when=now, by=seat("ngo"), at=now)


def test_the_floor_goes_round_with_time_by_kind_of_participant(
    sitting: Sitting, seat: Seats
) -> None:
    meeting, at = sitting
    ghana = actions.ask_for_the_floor(meeting=meeting, by=seat("ghana"), at=at)
    ngo = actions.ask_for_the_floor(meeting=meeting, by=seat("ngo"), at=at)
    assert (ghana.seconds, ngo.seconds, ngo.position) == (300, 180, 2)
    actions.place_speaker(intervention=ngo, place=1, by=seat("secretariat"), at=at)
    assert last("speakers ordered") == {"order": ["Council of lead NGOs", "GHA"]}
    actions.give_floor(intervention=ngo, by=seat("secretariat"), at=at)
    with pytest.raises(Conflict, match="has the floor"):
        actions.give_floor(intervention=ghana, by=seat("secretariat"), at=at)
    with pytest.raises(Refused):
        actions.end_floor(intervention=ngo, by=seat("france"), at=at)
    ended = actions.end_floor(intervention=ngo, by=seat("ngo"), at=at + 2 * MINUTE)
    assert last("floor ended") == {"for": "Council of lead NGOs", "spoke": 120, "given": 180}
    texted = actions.add_text(
        intervention=ended, text="ما نحتاجه", language="ar", by=seat("ngo"), at=at + HOUR
    )
    assert (texted.text, last("text of intervention")["text"]) == ("ما نحتاجه", "ما نحتاجه")


def test_nothing_is_said_or_struck_off_in_a_closed_meeting(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    spoke = actions.ask_for_the_floor(meeting=meeting, by=seat("ngo"), at=at)
    actions.give_floor(intervention=spoke, by=seat("secretariat"), at=at)
    actions.end_floor(intervention=spoke, by=seat("ngo"), at=at)
    waits = actions.ask_for_the_floor(meeting=meeting, by=seat("ghana"), at=at)
    meeting.closed_at = at
    meeting.save(update_fields=["closed_at"])
    with pytest.raises(Conflict, match="the meeting is closed"):
        actions.add_text(intervention=spoke, text="More", language="en", by=seat("ngo"), at=at)
    with pytest.raises(Conflict, match="the meeting is closed"):
        actions.withdraw_request(intervention=waits, by=seat("ghana"), at=at)


def test_the_chair_gives_more_time_and_strikes_off(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    ngo = actions.ask_for_the_floor(meeting=meeting, by=seat("ngo"), at=at)
    with pytest.raises(Refused):
        actions.give_floor(intervention=ngo, by=seat("ghana"), at=at)
    given = actions.give_floor(intervention=ngo, by=seat("secretariat"), at=at, seconds=600)
    assert given.seconds == 600
    with pytest.raises(Conflict):
        actions.withdraw_request(intervention=ngo, by=seat("ngo"), at=at)


def test_the_floor_is_given_while_the_meeting_sits(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    one = actions.ask_for_the_floor(meeting=convened, by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="does not sit"):
        actions.give_floor(intervention=one, by=seat("secretariat"), at=now)
    with pytest.raises(Conflict, match="already"):
        actions.ask_for_the_floor(meeting=convened, by=seat("ghana"), at=now)


def test_written_interventions_stand_under_their_audience(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    made = actions.intervene_in_writing(
        meeting=convened, words=Words(text="We ask", placing=Placing(audience="members")),
        by=seat("ngo"), at=now,
    )  # fmt: skip
    assert (made.audience, Entry.objects.latest("number").audience) == ("members", "members")
    assert Intervention.objects.get().kind == "organisation with consultative status"


def test_summary_record_is_drafted_corrected_adopted(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    office = seat("secretariat")
    one = actions.draft_paragraph(meeting=meeting, text="Ghana spoke.", by=office, at=at)
    actions.draft_paragraph(meeting=meeting, text="The meeting rose.", by=office, at=at)
    better = actions.correct_paragraph(
        paragraph=one, text="Ghana spoke of arrivals.", by=seat("ghana"), at=at
    )
    other = actions.correct_paragraph(paragraph=one, text="Ghana left.", by=seat("ngo"), at=at)
    with pytest.raises(Refused):
        actions.settle_correction(correction=better, accept=True, by=seat("ghana"), at=at)
    actions.settle_correction(correction=better, accept=True, by=office, at=at)
    with pytest.raises(Conflict, match="1 correction is"):
        actions.adopt_summary(meeting=meeting, by=office, at=at)
    with pytest.raises(Conflict, match="meanwhile"):
        actions.settle_correction(correction=other, accept=True, by=office, at=at)
    actions.settle_correction(correction=other, accept=False, by=office, at=at)
    made = actions.adopt_summary(meeting=meeting, by=office, at=at)
    texts = [each["text"] for each in json.loads(made.value)["paragraphs"]]
    assert texts == ["Ghana spoke of arrivals.", "The meeting rose."]
    assert made.digest == sha256(made.value.encode()).hexdigest()
    assert last("summary record adopted")["hash"] == made.digest
    with pytest.raises(Conflict, match="is adopted"):
        actions.draft_paragraph(meeting=meeting, text="More", by=office, at=at)


def test_outcome_is_negotiated_and_adopted_by_consensus(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    office = seat("secretariat")
    one = actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    two = actions.propose_paragraph(meeting=meeting, text="We pay.", by=seat("france"), at=at)
    change = actions.amend(paragraph=one, text="We share fairly.", by=seat("france"), at=at)
    actions.sponsor(what=change, by=seat("liberia"), at=at)
    with pytest.raises(Conflict, match="1 amendment is"):
        actions.adopt_outcome(meeting=meeting, by=office, at=at)
    actions.settle_amendment(amendment=change, accept=True, by=office, at=at)
    actions.place_paragraph(paragraph=two, place=1, by=office, at=at)
    objection = actions.take_position(
        meeting=meeting, kind="objection", text="Too much", by=seat("france"), at=at
    )
    with pytest.raises(Conflict, match="objections stand: FRA"):
        actions.adopt_outcome(meeting=meeting, by=office, at=at)
    actions.withdraw_position(position=objection, by=seat("france"), at=at)
    actions.take_position(
        meeting=meeting, kind="reservation", text="On the rate", by=seat("france"), at=at,
        paragraph=two,
    )  # fmt: skip
    made = actions.adopt_outcome(meeting=meeting, by=office, at=at)
    assert json.loads(made.value)["paragraphs"] == [
        {"number": 1, "text": "We pay.", "sponsors": ["FRA"]},
        {"number": 2, "text": "We share fairly.", "sponsors": ["GHA"]},
    ]
    assert last("outcome adopted")["hash"] == made.digest
    with pytest.raises(Conflict, match="adopted and fixed"):
        actions.amend(paragraph=one, text="Later", by=seat("ghana"), at=at)


def test_positions_are_taken_for_72_hours_after_adoption(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    actions.adopt_outcome(meeting=meeting, by=seat("secretariat"), at=at)
    end = at + 72 * HOUR
    actions.take_position(meeting=meeting, kind="explanation", text="Why", by=seat("ghana"), at=end)
    for kind, when in (("explanation", end + timedelta(seconds=1)), ("objection", at)):
        with pytest.raises(Conflict):
            actions.take_position(meeting=meeting, kind=kind, text="Why", by=seat("ghana"), at=when)
    with pytest.raises(Refused):
        actions.take_position(
            meeting=meeting, kind="reservation", text="Why", by=seat("ngo"), at=at
        )


def test_without_a_quorum_nothing_is_adopted(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    with pytest.raises(Conflict, match="17 needed"):
        actions.adopt_outcome(meeting=meeting, by=seat("secretariat"), at=at)
    with pytest.raises(Conflict, match="decision 9"):
        actions.adopt_outcome(meeting=meeting, by=seat("secretariat"), at=at, decision=9)


def test_a_withdrawn_paragraph_goes_to_its_next_sponsor(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    one = actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    actions.sponsor(what=one, by=seat("france"), at=at)
    with pytest.raises(Conflict, match="own proposal"):
        actions.sponsor(what=one, by=seat("ghana"), at=at, withdraw=True)
    actions.withdraw_proposal(what=one, by=seat("ghana"), at=at)
    one.refresh_from_db()
    assert (one.party, one.sponsors, one.status) == ("FRA", ["FRA"], "proposed")
    actions.withdraw_proposal(what=one, by=seat("france"), at=at)
    one.refresh_from_db()
    assert one.status == "withdrawn"


def test_a_proposal_taken_over_is_not_withdrawn_again_by_who_made_it(
    full: Sitting, seat: Seats
) -> None:
    meeting, at = full
    one = actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    actions.sponsor(what=one, by=seat("france"), at=at)
    actions.withdraw_proposal(what=one, by=seat("ghana"), at=at)
    with pytest.raises(Refused, match="this is FRA's"):
        actions.withdraw_proposal(what=one, by=seat("ghana"), at=at)


def test_no_position_on_a_paragraph_that_was_deleted_meanwhile(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    one = actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    gone = actions.amend(paragraph=one, text="", by=seat("france"), at=at)
    actions.settle_amendment(amendment=gone, accept=True, by=seat("secretariat"), at=at)
    with pytest.raises(Conflict, match="not in the document any more"):
        actions.take_position(
            meeting=meeting, kind="objection", text="No", by=seat("ghana"), at=at, paragraph=one
        )


def test_deleting_a_paragraph_settles_its_other_amendments(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    one = actions.propose_paragraph(meeting=meeting, text="We share.", by=seat("ghana"), at=at)
    gone = actions.amend(paragraph=one, text="", by=seat("france"), at=at)
    other = actions.amend(paragraph=one, text="We try.", by=seat("liberia"), at=at)
    actions.settle_amendment(amendment=gone, accept=True, by=seat("secretariat"), at=at)
    other.refresh_from_db()
    one.refresh_from_db()
    assert (one.status, other.status) == ("deleted", "rejected")


def test_pages_carry_a_text_from_proposal_to_download(
    full: Sitting, signed_in: Callable[[str], Client], forward: Callable[[timedelta], None],
    group: Group,
) -> None:  # fmt: skip
    meeting, _ = full
    forward(timedelta(hours=101))
    url = f"{meeting.get_absolute_url()}outcome/"
    ghana, france, office = (signed_in(who) for who in ("ghana", "france", "secretariat"))
    ghana.post(url, {"do": "propose", "text": "We share <i>."})
    one = meeting.outcome.get()
    france.post(url, {"do": "amend", "id": one.pk, "text": "We share all <i>."})
    page = ghana.get(url)
    assert "We share<ins> all</ins> &lt;i&gt;." in page.text
    change = one.amendments.get()
    assert ghana.post(url, {"do": "accept", "id": change.pk}).status_code == 403
    office.post(url, {"do": "accept", "id": change.pk})
    answer = office.post(url, {"do": "adopt", "decision": ""}, follow=True)
    assert "The outcome document is adopted and fixed." in answer.text
    text = AdoptedText.objects.get()
    file = ghana.get(f"/groups/west-africa/meetings/texts/{text.pk}.json")
    assert sha256(file.content).hexdigest() == text.digest
    plain = ghana.get(f"/groups/west-africa/meetings/texts/{text.pk}.txt").text
    assert "1. We share all <i>. [GHA]" in plain
    assert signed_in("nobody").get(text.get_absolute_url()).status_code == 404
    office.post(text.get_absolute_url(), {"when": ""})
    assert signed_in("nobody").get(text.get_absolute_url()).status_code == 200
