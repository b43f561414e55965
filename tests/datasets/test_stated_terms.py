"""The credit and terms that a file states of itself."""

import pandas as pd

from dashboard.datasets.formats.registry import EVENT_MAP
from dashboard.datasets.options import Preview
from dashboard.datasets.stated_terms import joined_credit, stated_terms


def test_a_credit_that_has_the_other_is_not_repeated():
    assert joined_credit("ACLED", "ACLED and others") == "ACLED and others"
    assert joined_credit("ACLED", "UCDP") == "ACLED UCDP"


def test_rows_of_acled_may_not_be_shared_whatever_the_file_says():
    frame = pd.DataFrame({"event_id": ["mine:acled:SYR1"], "credits": ["Somebody"]})
    stated = stated_terms(Preview(EVENT_MAP, frame, None))
    assert stated["rows_may_be_shared"] is False
    assert stated["credit"] == "Somebody"
    other = pd.DataFrame({"event_id": ["mine:1"]})
    assert stated_terms(Preview("own", other, None)) == {}
