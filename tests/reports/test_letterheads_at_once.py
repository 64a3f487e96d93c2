"""Two people who write a unit's first letterhead at the same moment."""

import pytest
from django.http import QueryDict

from reports.forms.letterheads import LetterheadForms
from units.letterheads import letterhead_timeline
from units.models import Letterhead, Signer, Unit
from units.watching import Watch

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_is_stored_whole_and_the_other_is_told(cast, at_once):
    def write(place: str) -> bool:
        typed = {"issuer_name": "HỘI MẪU", "place": place, "signers-0-position": place, "seen": "0-0"}
        counts = {"signers-TOTAL_FORMS": "1", "signers-INITIAL_FORMS": "0"}
        data = QueryDict(mutable=True)
        data.update(typed | counts)
        unit = Unit.objects.get(pk=cast.ward.pk)
        watch = Watch(unit, letterhead_timeline(unit), data)
        forms = LetterheadForms(unit, data)
        return forms.is_valid() and watch.save(forms)

    answers = at_once(lambda: write("Bãi Đá"), lambda: write("Bãi Sậy"))
    assert sorted(answers) == [False, True]
    place = ("Bãi Đá", "Bãi Sậy")[answers.index(True)]
    stored = at_once(
        lambda: list(Letterhead.objects.values_list("place", flat=True)),
        lambda: list(Signer.objects.values_list("position", flat=True)),
    )
    assert stored == [[place], [place]]
