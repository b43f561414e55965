"""The names that were learned, with the CSV file that carries them to other teams."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.names import both_names, name_of
from dashboard.language.words import arrow, comma, isolate
from dashboard.model.article import Speaker
from dashboard.model.learned import LearnedKind, LearnedName
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.learned_file import MAX_BYTES, from_csv, to_csv
from dashboard.review.learned_names import add_names, forget_name, learned, meanings, undecided_here
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.faults import show_faults
from dashboard.ui.components.workspace_fault import literal


def learned_list(loaded: Loaded) -> None:
    """Show the decided names, with their file."""
    names = learned(loaded.workspace)
    st.caption(
        _("Accepted names are used when the next article is read, or one is read again.")
        if names
        else _(
            "Nothing was learned yet. Names that are accepted here are listed, and can be "
            "removed again."
        )
    )
    if names:
        st.download_button(
            _("Download as CSV"), to_csv(names), file_name="learned_names.csv", mime="text/csv"
        )
    _upload(loaded)
    for name in names:
        _learned(loaded, name)


def meaning_of(loaded: Loaded, kind: LearnedKind, meaning_id: str, name: str = "") -> str:
    """What a name is of, e.g. "party: SDF"; a speaker with its party. Of what is not here its `name`."""
    known = meanings(loaded.corpus, kind).get(meaning_id)
    words = both_names(known) if known else name or meaning_id
    affiliation = known.affiliation if isinstance(known, Speaker) else None
    if affiliation and affiliation in loaded.corpus.lexicon.actors:
        party = name_of(loaded.corpus.lexicon.actors[affiliation])
        words = _("{name} (speaks for {party})").format(name=words, party=isolate(party))
    return f"{label(kind)}: {words}"


def _learned(loaded: Loaded, name: LearnedName) -> None:
    with st.container(border=True):
        meaning = meaning_of(loaded, name.kind, name.meaning_id, name.meaning)
        st.markdown(f"**{literal(isolate(name.wording))}**{arrow()}{literal(meaning)}")
        st.caption(literal(comma([label(name.status), name.source])))
        if action_button(_("Remove"), key=f"forget_{name.kind}_{name.meaning_id}_{name.wording}"):
            why = message("removed on the Gazetteer page")
            removing = partial(forget_name, edit_session(loaded), name, why=why)
            act(loaded, _("Removed: {name}").format(name=isolate(name.wording)), removing)
            st.rerun()


def _upload(loaded: Loaded) -> None:
    file = st.file_uploader(
        _("Names of another team (CSV)"),
        type="csv",
        key="learned_upload",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if file is None:
        return
    names, faults = from_csv(file.name, file.getvalue(), loaded.corpus)
    new = undecided_here(loaded.workspace, names)
    st.text(plural("{n} new name", "{n} new names", len(new)))
    if len(names) > len(new):
        here = plural(
            "{n} is decided here already, and stays as it is.",
            "{n} are decided here already, and stay as they are.",
            len(names) - len(new),
        )
        st.text(here)
    if faults:
        show_faults(faults)
    if not new:
        return
    st.dataframe(_table(loaded, new), hide_index=True)
    if action_button(_("Add the names")):
        why = message("from the file {file}", file=file.name)
        adding = partial(add_names, edit_session(loaded), new, why=why)
        act(loaded, _("Added the names of {file}").format(file=isolate(file.name)), adding)
        st.rerun()


def _table(loaded: Loaded, names: Sequence[LearnedName]) -> pd.DataFrame:
    """What the file would teach, to be looked at before."""
    rows = [
        (
            name.wording,
            meaning_of(loaded, name.kind, name.meaning_id, name.meaning),
            label(name.status),
            name.source,
        )
        for name in names
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Meaning"), _("Decision"), _("Source")])
