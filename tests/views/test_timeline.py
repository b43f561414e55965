from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.columns import Tables
from dashboard.query.select import EventIndex
from dashboard.views.timeline import extent, timeline_data


def test_every_dated_event_is_a_bar_or_a_span(tables: Tables):
    first, last = extent(tables)
    everything = np.ones(len(tables.events), dtype=bool)
    data = timeline_data(tables, everything, first, last)
    bars = sum(sum(part.counts.values()) for part in data.bins)
    dated = tables.events["date_start"].notna() | tables.events["date_end"].notna()
    assert bars + len(data.spans) + data.hidden_spans == int(dated.sum())
    assert bars == int((tables.events["date_precision"] == "day").sum())


def test_a_year_does_not_squeeze_the_weeks(index: EventIndex):
    first, last = extent(index.tables)
    assert first >= date(2020, 10, 1)
    assert last <= date(2021, 3, 31)
    years = index.tables.events[index.tables.events["date_precision"] == "year"]
    assert not years.empty


@given(
    st.lists(
        st.tuples(
            st.none() | st.dates(date(2019, 1, 1), date(2022, 1, 1)),
            st.integers(0, 500),
            st.sampled_from(["contested", "single_source"]),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_sums_agree_for_any_dates(tables: Tables, rows):
    frame = pd.DataFrame(
        [
            {
                **dict.fromkeys(tables.events.columns),
                "title_en": "x",
                "date_start": pd.Timestamp(start) if start else pd.NaT,
                "date_end": pd.Timestamp(start) + pd.Timedelta(days=days) if start else pd.NaT,
                "date_precision": None if not start else "day" if days == 0 else "open",
                "attestation": attestation,
            }
            for start, days, attestation in rows
        ]
    )
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    frame["date_end"] = pd.to_datetime(frame["date_end"])
    made = Tables(
        frame, tables.event_places, tables.event_actors, tables.claims, tables.containment
    )
    first, last = extent(made)
    data = timeline_data(made, np.ones(len(frame), dtype=bool), first, last)
    bars = sum(sum(part.counts.values()) for part in data.bins)
    dated = sum(start is not None for start, _, _ in rows)
    assert bars + len(data.spans) + data.hidden_spans == dated
