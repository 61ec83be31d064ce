"""A labelled set: what people look for in six languages, and the documents that they mean."""

from collections.abc import Callable
from datetime import datetime

import pytest

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.meetings.models import Document
from commonhaven.web.search.queries import Asked, search

TEXTS = {
    "en 1": "Members share the costs of temporary protection; hosts are relieved first.",
    "en 2": "The secretariat convenes an emergency meeting within forty-eight hours.",
    "fr 1": "Les réfugiés évacués de Bouaké ont été accueillis au cœur de la région.",
    "fr 2": "Le secrétariat propose des quotas nationaux et une réunion d'urgence.",
    "es 1": "La protección temporal de los niños refugiados exige decisiones comunes.",
    "es 2": "Venezuela: más de tres millones de personas cruzaron la frontera.",
    "ar 1": "تقاسم المسؤولية عن حماية اللاجئين في المنطقة",
    "ar 2": "دعت الأمانة إلى اجتماع طارئ للدول الأعضاء وفرنسا",
    "ru 1": "Распределение ответственности за защиту беженцев между государствами",
    "ru 2": "Секретариат созывает чрезвычайное совещание; решение принимается консенсусом.",
    "zh 1": "国际社会应当公平分担保护难民的责任。",
    "zh 2": "秘书处在四十八小时内召开紧急会议。",
}
LABELLED = {
    "cost sharing": set(), "share costs": {"en 1"}, "TEMPORARY": {"en 1"}, "hosts": {"en 1"},
    "emergency meetings": {"en 2"}, "secretariats": {"en 2"}, "convene": {"en 2"},
    "refugie": {"fr 1"}, "réfugiée": {"fr 1"}, "ÉVACUÉ": {"fr 1"}, "coeur": {"fr 1"},
    "secretariat quota": {"fr 2"}, "réunions urgence": {"fr 2"}, "région bouake": {"fr 1"},
    "proteccion": {"es 1"}, "nino": {"es 1"}, "decisión": {"es 1"}, "refugiado": {"es 1"},
    "millón": {"es 2"}, "fronteras": {"es 2"}, "mas personas": {"es 2"},
    "لاجئين": {"ar 1"}, "لاجئ": {"ar 1"}, "المسؤوليه": {"ar 1"}, "مسئولية": {"ar 1"},
    "حِمَايَة": {"ar 1"}, "فرنسا": {"ar 2"}, "الاجتماع": {"ar 2"}, "دول": {"ar 2"},
    "أعضاء": {"ar 2"}, "اعضاء": {"ar 2"},
    "беженец": {"ru 1"}, "беженцы": {"ru 1"}, "защита": {"ru 1"}, "государство": {"ru 1"},
    "решения": {"ru 2"}, "совещании": {"ru 2"}, "консенсус": {"ru 2"},
    "难民": {"zh 1"}, "保护难民": {"zh 1"}, "责任": {"zh 1"}, "会议": {"zh 2"}, "秘书处": {"zh 2"},
    "紧急会议": {"zh 2"}, "难": {"zh 1"},
}  # fmt: skip
"""Query → documents meant. "cost sharing": forms of one English word that share no beginning with
what stands there are not found, and are not claimed to be."""


@pytest.fixture
def library(group: Group, now: datetime) -> Group:
    for name, text in TEXTS.items():
        Document.objects.create(
            group=group, audience="public", created_at=now, symbol=name, title=name, text=text,
            party="GHA", language=name[:2],
        )  # fmt: skip
    return group


def test_recall_and_precision_in_six_languages(
    library: Group, viewer: Callable[[str], Viewer], record_property: Callable[[str, object], None]
) -> None:
    nobody = viewer("nobody")
    got = {
        q: {row.title for row in search(Asked(text=q, kind="document"), nobody)} for q in LABELLED
    }
    meant = sum(len(each) for each in LABELLED.values())
    recall = sum(len(got[q] & each) for q, each in LABELLED.items()) / meant
    right = sum(len(got[q] & each) for q, each in LABELLED.items())
    precision = right / sum(len(each) for each in got.values())
    missed = {q: each - got[q] for q, each in LABELLED.items() if each - got[q]}
    odd = {q: got[q] - each for q, each in LABELLED.items() if got[q] - each}
    record_property("recall", recall)
    record_property("precision", precision)
    print(f"recall {recall:.3f}, precision {precision:.3f}, missed {missed}, odd {odd}")  # noqa: T201
    assert recall >= 0.95
    assert precision >= 0.9
