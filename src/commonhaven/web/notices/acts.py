"""Every act of the record that is told: its sentence, whom it is for, whom it asks something."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from commonhaven.web.notices.kinds import ALL, MEMBERS, NAMED, RUN, SELF, UNHCR, Kind

QUIET = Kind(says="")
"""What is told nobody, here or by another act."""

ACTS: Mapping[str, Kind] = {
    "seat offered": Kind(says=_("A seat was offered for %(about)s.")),
    "offer of a seat withdrawn": Kind(says=_("The offer of a seat for %(about)s was withdrawn.")),
    "settings changed": Kind(says=_("%(party)s changed the settings of the group.")),
    "group set up": Kind(says=_("The group was set up.")),
    "seat taken": Kind(
        says=_("A seat was taken for %(about)s; its credentials wait to be accepted."),
        to=RUN, do=RUN,
    ),
    "credentials accepted": Kind(
        says=_("Your credentials for %(about)s were accepted: you may act."), to=SELF,
        recorded=_("Credentials for %(about)s were accepted."),
    ),
    "credentials refused": Kind(
        says=_("Your credentials for %(about)s were not accepted: %(reason)s"), to=SELF,
        recorded=_("Credentials for %(about)s were not accepted: %(reason)s"),
    ),
    "seat ended": Kind(
        says=_("Your seat for %(about)s ends on %(until)s."), to=SELF,
        recorded=_("A seat for %(about)s ends on %(until)s."),
    ),
    "caucus formed": Kind(says=_("A caucus was formed: %(name)s."), to=ALL),
    "chair seated": Kind(says=_("%(about)s takes the chair."), to=ALL),
    "chair handed over": Kind(says=_("The chair was handed over by %(party)s."), to=ALL),
    "charter drafted": Kind(
        says=_("%(party)s brought in a draft charter, %(title)s."), to=ALL, do=MEMBERS
    ),
    "charter revised": Kind(says=_("The draft charter %(title)s was changed."), to=ALL),
    "charter commented on": Kind(
        says=_("%(party)s commented on the draft charter %(title)s."), to=ALL
    ),
    "position on charter declared": Kind(
        says=_("%(party)s declared its position on the draft charter %(title)s."), to=ALL,
        recorded=_(
            "%(party)s declared its position on the draft charter %(title)s: %(position)s."
        ),
    ),
    "charter adopted": Kind(says=_("The charter %(title)s was adopted."), to=ALL),
    "charter withdrawn": Kind(says=_("The draft charter %(title)s was withdrawn."), to=ALL),
    "situation opened": Kind(says=_("%(party)s opened the situation %(title)s."), to=ALL),
    "situation figures revised": Kind(
        says=_("%(party)s gave new figures for %(title)s."), to=ALL
    ),
    "situation closed": Kind(says=_("The situation %(title)s was closed."), to=ALL),
    "meeting convened": Kind(
        says=_("%(party)s convened a meeting: %(title)s. All members have bound themselves to "
               "come."),
        to=ALL, do=MEMBERS,
    ),
    "meeting closed": Kind(says=_("The meeting %(title)s was closed."), to=ALL),
    "plan computed": Kind(says=_("%(party)s computed a plan: %(title)s."), to=RUN),
    "plan tabled": Kind(says=_("%(party)s tabled a plan: %(title)s."), to=ALL, do=MEMBERS | UNHCR),
    "plan withdrawn": Kind(says=_("%(party)s withdrew the plan %(title)s."), to=ALL),
    "move made": Kind(says=_("%(party)s made a move; the plan is now %(title)s."), to=ALL),
    "opinion of UNHCR asked": Kind(
        says=_("UNHCR is asked for its opinion on the plan %(title)s."), to=RUN | UNHCR, do=UNHCR
    ),
    "opinion given": Kind(says=_("%(party)s gave its opinion on the plan %(title)s."), to=ALL),
    "decision put": Kind(says=_("A decision is put: %(title)s."), to=ALL, do=MEMBERS),
    "vote cast": Kind(
        says=_("%(party)s voted on %(title)s."), to=RUN,
        recorded=_("%(party)s voted on %(title)s: %(choice)s."),
    ),
    "vote changed": Kind(
        says=_("%(party)s changed its vote on %(title)s."), to=RUN,
        recorded=_("%(party)s changed its vote on %(title)s: %(choice)s."),
    ),
    "decision adopted": Kind(says=_("Adopted: %(title)s."), to=ALL),
    "decision not adopted": Kind(says=_("Not adopted: %(title)s."), to=ALL),
    "decision no quorum": Kind(
        says=_("Not decided, too few members were there: %(title)s."), to=ALL
    ),
    "decision withdrawn": Kind(says=_("%(party)s withdrew the question %(title)s."), to=ALL),
    "rules agreed beforehand apply": Kind(
        says=_("The meeting did not decide; the rules agreed beforehand apply: %(title)s."),
        to=ALL, do=MEMBERS,
    ),
    "obligation reported done": Kind(
        says=_("%(party)s reports as done: %(title)s. This is a report, not a verification."),
        to=ALL,
    ),
    "promise entered": Kind(says=_("%(party)s entered a promise: %(title)s."), to=ALL),
    "promise announced": Kind(says=_("%(party)s announced its share of %(title)s.")),
    "promise signed": Kind(says=_("%(party)s signed for its share of %(title)s."), to=ALL),
    "delivery reported": Kind(
        says=_("%(party)s reports a delivery of %(title)s; the receiver has to confirm it."), to=ALL
    ),
    "delivery passed on": Kind(says=_("%(party)s passed on what it held of %(title)s.")),
    "receipt confirmed": Kind(says=_("%(party)s confirmed a receipt of %(title)s."), to=ALL),
    "delivery verified": Kind(says=_("%(party)s verified a delivery of %(title)s."), to=ALL),
    "promise withdrawn": Kind(says=_("A part of %(title)s was withdrawn."), to=ALL),
    "condition met": Kind(says=_("A condition of %(title)s is met.")),
    "instalment postponed": Kind(says=_("An instalment of %(title)s was given more time."), to=ALL),
    "delivery disputed": Kind(
        says=_("%(party)s disputes a delivery of %(title)s; an answer is due in 30 days."), to=ALL
    ),
    "dispute answered": Kind(says=_("%(party)s answered a dispute on %(title)s."), to=ALL),
    "dispute settled": Kind(says=_("A dispute on %(title)s has ended."), to=ALL),
    "need stated": Kind(says=_("%(party)s stated a need: %(title)s."), to=ALL),
    "need changed": Kind(says=_("%(party)s changed its need %(title)s.")),
    "need submitted": Kind(
        says=_("%(party)s submitted its need %(title)s for review."), to=RUN | UNHCR,
        do=RUN | UNHCR,
    ),
    "need accepted": Kind(says=_("The need %(title)s is open to promises."), to=ALL),
    "need returned": Kind(says=_("The need %(title)s was returned, to be changed."), to=ALL),
    "need closed": Kind(says=_("The need %(title)s was closed."), to=ALL),
    "match proposed": Kind(says=_("%(party)s proposed a promise for the need %(title)s."), to=ALL),
    "match accepted": Kind(says=_("%(party)s accepted a match for the need %(title)s."), to=ALL),
    "match declined": Kind(says=_("%(party)s declined a match for the need %(title)s."), to=ALL),
    "match ended": Kind(says=_("%(party)s ended a match for the need %(title)s."), to=ALL),
    "fund opened": Kind(says=_("%(party)s opened a fund: %(title)s."), to=ALL),
    "basis of fund set": Kind(says=_("%(party)s set target and budget of %(title)s.")),
    "contributions called": Kind(
        says=_("Members are called upon to contribute to %(title)s."), to=ALL, do=MEMBERS
    ),
    "contribution announced": Kind(says=_("%(party)s announced a contribution to %(title)s.")),
    "contribution signed": Kind(says=_("A contribution to %(title)s was signed."), to=ALL),
    "payment received": Kind(says=_("A payment to %(title)s was received."), to=ALL),
    "gift in kind received": Kind(says=_("%(party)s gave in kind to %(title)s."), to=ALL),
    "money asked of the fund": Kind(
        says=_("%(party)s asks %(title)s for money."), to=ALL, do=RUN
    ),
    "request reviewed": Kind(says=_("A request to %(title)s was reviewed."), to=ALL),
    "money released at once": Kind(says=_("%(title)s released money at once."), to=ALL),
    "money granted": Kind(says=_("%(title)s granted money by decision."), to=ALL),
    "money paid out": Kind(says=_("%(title)s paid money out."), to=ALL),
    "payment confirmed": Kind(says=_("%(party)s confirmed a payment of %(title)s."), to=ALL),
    "use of money reported": Kind(
        says=_("%(party)s reported how it used money of %(title)s."), to=ALL
    ),
    "request closed": Kind(says=_("A request to %(title)s was closed."), to=ALL),
    "call lifted": Kind(says=_("A call of %(title)s was lifted by decision."), to=ALL),
    "money awarded": Kind(
        says=_("%(title)s awarded money to %(about)s by decision."), to=NAMED
    ),
    "assessment opened": Kind(
        says=_("%(party)s began to gather the facts of %(title)s."), to=ALL
    ),
    "assessment withdrawn": Kind(says=_("%(party)s withdrew %(title)s."), to=ALL),
    "finding entered": Kind(says=_("%(party)s entered a finding for %(title)s: %(text)s")),
    "evidence brought": Kind(
        says=_("%(party)s brought evidence for %(title)s: %(text)s"), to=UNHCR, do=UNHCR
    ),
    "good faith published": Kind(
        says=_("%(title)s is published; each state may reply to its score."), to=ALL, do=MEMBERS
    ),
    "good faith revised": Kind(says=_("A score of %(title)s was revised: %(text)s"), to=ALL),
    "reply to good faith": Kind(says=_("%(party)s replied to its score of %(title)s."), to=ALL),
    "payment forgone": Kind(
        says=_("%(party)s leaves its payment for %(title)s to the others."), to=ALL
    ),
    "people protected entered": Kind(
        says=_("%(party)s entered for %(title)s how many people each state protects.")
    ),
    "good faith closed": Kind(says=_("%(title)s is closed; the scores stand."), to=ALL),
    "incentive divided": Kind(says=_("The incentive fund was divided by %(title)s."), to=ALL),
    "flows taken in": Kind(says=_("%(party)s took in a file of flows: %(title)s."), to=ALL),
    "flows taken out": Kind(says=_("%(party)s took out the file of flows %(title)s."), to=ALL),
    "practice published": Kind(says=_("%(party)s published a practice: %(title)s."), to=ALL),
    "practice withdrawn": Kind(
        says=_("%(party)s withdrew the practice %(title)s: %(reason)s"), to=ALL
    ),
    "practice taken over": Kind(
        says=_("%(party)s noted what came of the practice %(title)s, which was taken over."), to=ALL
    ),
    "question asked": Kind(says=_("%(party)s asked %(about)s: %(title)s"), to=ALL),
    "question asked of all": Kind(says=_("%(party)s asked every group: %(title)s"), to=ALL),
    "question answered": Kind(says=_("%(party)s answered %(about)s: %(title)s"), to=ALL),
    "question closed": Kind(says=_("%(party)s closed the question %(title)s"), to=ALL),
    "other group: question asked": Kind(
        says=_("%(about)s asks, and wants an answer by %(until)s: %(title)s"), to=ALL, do=RUN
    ),
    "other group: question answered": Kind(
        says=_("%(about)s answered the question: %(title)s"), to=ALL
    ),
    "other group: question closed": Kind(
        says=_("%(about)s closed its question: %(title)s"), to=ALL
    ),
    "observer status offered": Kind(
        says=_("%(party)s offered observer status to %(about)s: %(title)s."), to=ALL
    ),
    "observer status accepted": Kind(
        says=_("%(party)s accepted observer status with %(about)s: %(title)s."), to=ALL
    ),
    "observer status declined": Kind(
        says=_("%(party)s declined observer status with %(about)s: %(title)s."), to=ALL
    ),
    "offer of observer status withdrawn": Kind(
        says=_("%(party)s withdrew its offer of observer status to %(about)s: %(title)s."), to=ALL
    ),
    "observer status ended": Kind(
        says=_("%(party)s ended observer status with %(about)s: %(title)s."), to=ALL
    ),
    "invited to present": Kind(
        says=_("%(party)s invited %(about)s to present: %(title)s."), to=ALL
    ),
    "invitation to present accepted": Kind(
        says=_("%(party)s accepted the invitation of %(about)s to present: %(title)s."), to=ALL
    ),
    "invitation to present declined": Kind(
        says=_("%(party)s declined the invitation of %(about)s to present: %(title)s."), to=ALL
    ),
    "invitation to present withdrawn": Kind(
        says=_("%(party)s withdrew its invitation of %(about)s to present: %(title)s."), to=ALL
    ),
    "presentation called off": Kind(
        says=_("%(party)s called off a presentation agreed with %(about)s: %(title)s."), to=ALL
    ),
    "other group: observer status offered": Kind(
        says=_("%(about)s offers observer status: %(title)s."), to=ALL, do=RUN
    ),
    "other group: observer status accepted": Kind(
        says=_("%(about)s accepted observer status: %(title)s."), to=ALL
    ),
    "other group: observer status declined": Kind(
        says=_("%(about)s declined observer status: %(title)s."), to=ALL
    ),
    "other group: offer of observer status withdrawn": Kind(
        says=_("%(about)s withdrew its offer of observer status: %(title)s."), to=ALL
    ),
    "other group: observer status ended": Kind(
        says=_("%(about)s ended observer status: %(title)s."), to=ALL
    ),
    "other group: invited to present": Kind(
        says=_("%(about)s invites the group to present: %(title)s."), to=ALL, do=RUN
    ),
    "other group: invitation to present accepted": Kind(
        says=_("%(about)s will present: %(title)s."), to=ALL
    ),
    "other group: invitation to present declined": Kind(
        says=_("%(about)s will not present: %(title)s."), to=ALL
    ),
    "other group: invitation to present withdrawn": Kind(
        says=_("%(about)s withdrew its invitation to present: %(title)s."), to=ALL
    ),
    "other group: presentation called off": Kind(
        says=_("%(about)s called off a presentation: %(title)s."), to=ALL
    ),
    "agenda item proposed": Kind(
        says=_("%(party)s proposed a point for the agenda of %(subject)s: %(title)s."), to=ALL
    ),
    "agenda adopted": Kind(says=_("The agenda of %(subject)s was adopted."), to=ALL),
    "agenda ordered": Kind(says=_("The agenda of %(subject)s was put in order.")),
    "document submitted": Kind(says=_("%(party)s handed in a document: %(title)s."), to=ALL),
    "credentials presented": Kind(
        says=_("%(party)s presented credentials for %(subject)s."), to=RUN, do=RUN
    ),
    "floor asked for": Kind(says=_("%(party)s asks for the floor in %(subject)s."), to=RUN, do=RUN),
    "outcome adopted": Kind(says=_("The outcome document of %(subject)s was adopted."), to=ALL),
    "summary drafted": Kind(
        says=_("A summary record of %(subject)s was drafted; delegations may correct it."),
        to=ALL, do=MEMBERS,
    ),
    "summary record adopted": Kind(
        says=_("The summary record of %(subject)s was adopted."), to=ALL
    ),
    "party arrived": Kind(says=_("%(about)s came to %(subject)s.")),
    "party left": Kind(says=_("%(about)s left %(subject)s.")),
    "speakers ordered": Kind(says=_("The list of speakers of %(subject)s was put in order.")),
    "floor given": Kind(says=_("%(about)s has the floor in %(subject)s.")),
    "floor ended": Kind(says=_("%(about)s has spoken in %(subject)s.")),
    "floor request withdrawn": Kind(
        says=_("%(about)s no longer asks for the floor in %(subject)s.")
    ),
    "agenda item removed": Kind(
        says=_("A point was taken off the agenda of %(subject)s."), to=ALL
    ),
    "outcome paragraph proposed": Kind(
        says=_("%(party)s proposed a paragraph of the outcome of %(subject)s: %(text)s"), to=ALL
    ),
    "outcome paragraph moved": Kind(
        says=_("A paragraph of the outcome of %(subject)s was moved."), to=ALL
    ),
    "amendment proposed": Kind(
        says=_("%(party)s proposed an amendment in %(subject)s: %(text)s"), to=ALL
    ),
    "amendment accepted": Kind(says=_("An amendment was accepted in %(subject)s."), to=ALL),
    "amendment rejected": Kind(says=_("An amendment was not accepted in %(subject)s."), to=ALL),
    "sponsorship withdrawn": Kind(
        says=_("%(party)s no longer sponsors a proposal in %(subject)s."), to=ALL
    ),
    "proposal withdrawn": Kind(says=_("%(party)s withdrew a proposal in %(subject)s."), to=ALL),
    "position taken": Kind(says=_("%(party)s took a position in %(subject)s: %(text)s"), to=ALL),
    "position withdrawn": Kind(says=_("%(party)s withdrew a position in %(subject)s."), to=ALL),
    "written intervention": Kind(
        says=_("%(party)s spoke in writing in %(subject)s: %(text)s"), to=ALL
    ),
    "summary correction proposed": Kind(
        says=_("%(party)s proposed a correction to the summary record of %(subject)s."), to=ALL
    ),
    "summary correction withdrawn": Kind(
        says=_("%(party)s withdrew a correction to the summary record of %(subject)s."), to=ALL
    ),
    "released": Kind(
        says=_("%(party)s set the day from which %(subject)s is public."), to=ALL
    ),
    **dict.fromkeys(("procedure: attend", "procedure: vote", "procedure: hear"), QUIET),
}  # fmt: skip
"""What is done in the room in quick order is seen there and told nobody."""
