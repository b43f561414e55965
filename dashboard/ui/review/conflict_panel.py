"""What somebody else changed meanwhile, field by field: theirs and mine, with whose change and when."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import N_, _
from dashboard.language.names import both_names, name_of
from dashboard.language.numbers import in_digits
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, day, isolate, when
from dashboard.model.corpus import Corpus
from dashboard.model.records import Entry
from dashboard.review.claims import ClaimDraft
from dashboard.review.draft import Draft
from dashboard.review.field_merge import FieldChange, Side
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue

_TITLES = {
    "kind": N_("Kind of event"),
    "title_en": N_("Title in English"),
    "title_ar": N_("Title in Arabic"),
    "when": N_("Date"),
    "date_reason": N_("How the date is known"),
    "places": N_("Places"),
    "actors": N_("Actors"),
    "start": N_("Words"),
    "speaker": N_("Who says it"),
    "via": N_("Passed on by"),
    "stance": N_("Stance"),
    "disputes": N_("What it denies or doubts"),
    "estimates": N_("Figures"),
    "note": N_("Note"),
}


def conflict_panel(
    changes: Sequence[FieldChange],
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    last: Entry | None,
    setting: Mapping[str, Entry],
    *,
    key: str,
) -> dict[str, Side]:
    """Show the fields of both sides as words. Returns the choices for those that both changed."""
    choices: dict[str, Side] = {}
    with st.container(border=True, key=f"{key}_conflict"):
        changed = _("{who} changed this on {time}, after you opened it. Nothing of yours is lost.")
        changed_by_unknown = _("This was changed after you opened it. Nothing of yours is lost.")
        st.warning(changed.format(**whose(last)) if last else changed_by_unknown)
        for change in changes:
            entry = setting.get(change.name) or last
            if change.conflict:
                side = _choice(change, theirs, mine, entry, key)
                if side is not None:
                    choices[change.name] = side
            else:
                st.markdown(_unchosen(change, theirs, mine, entry))
    return choices


def seen_before(key: str, version: int) -> bool:
    """Whether an earlier run has shown the changes up to `version`; who saves has seen them."""
    # Names that begin so are in no draft.
    seen = SessionValue(f"{key}!seen", 0)
    before = seen.get() == version
    seen.set(version)
    return before


def gone_words(entry: Entry) -> str:
    """That an entry took away what was open here, as Markdown."""
    sentence = _("{who} took away on {time} the claim that was open here: {what}.")
    what = ": ".join(literal(translate(text)) for text in (entry.what, entry.why) if text)
    return sentence.format(**whose(entry), what=what)


def _choice(
    change: FieldChange,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    entry: Entry | None,
    key: str,
) -> Side | None:
    theirs_are = _("theirs: {value}")
    if entry:
        theirs_are = _("{who}, {time}: {value}").format(**whose(entry), value="{value}")
    options = {
        Side.THEIRS: theirs_are.replace("{value}", theirs[change.name]),
        Side.MINE: _("yours: {value}").format(value=mine[change.name]),
    }
    return st.radio(
        _("{field}: both of you changed it").format(field=_title(change)),
        list(Side),
        index=None,
        format_func=options.__getitem__,
        # Another version of theirs is to be chosen anew.
        key=f"{key}!choice_{change.name}_{entry.seq if entry else 0}",
    )


def _unchosen(
    change: FieldChange, theirs: Mapping[str, str], mine: Mapping[str, str], entry: Entry | None
) -> str:
    if not change.theirs:
        text = _("**{field}**, yours: {value}")
        return text.format(field=_title(change), value=mine[change.name])
    if change.mine:
        text = _("**{field}**, both of you: {value}")
    elif entry:
        text = _("**{field}**, from {who}, {time}: {value}").replace("{who}", whose(entry)["who"])
        text = text.replace("{time}", whose(entry)["time"])
    else:
        text = _("**{field}**, theirs: {value}")
    return text.replace("{field}", _title(change)).replace("{value}", theirs[change.name])


def _title(change: FieldChange) -> str:
    return _(_TITLES.get(change.name, change.name))


def whose(entry: Entry) -> dict[str, str]:
    """Who wrote an entry, and when, as Markdown."""
    time = f"{day(entry.at.date())} {in_digits(f'{entry.at:%H:%M}')} UTC"
    # Isolated: the hour and "UTC" would else join a value in Latin letters that follows.
    return {"who": literal(entry.who), "time": isolate(time)}


def event_words(corpus: Corpus, draft: Draft) -> dict[str, str]:
    """The fields of an event as words, by name."""
    places, actors = corpus.gazetteer.places, corpus.lexicon.actors
    return {
        "kind": literal(name_of(corpus.lexicon.kinds[draft.kind])),
        "title_en": literal(draft.title_en),
        "title_ar": literal(draft.title_ar),
        "when": when(draft.when),
        "date_reason": literal(translate(draft.date_reason)) or _("none"),
        "places": _listed(
            f"{both_names(places[key]) if key in places else key} ({label(role)})"
            for key, role in draft.places
        ),
        "actors": _listed(
            f"{both_names(actors[key]) if key in actors else key} ({label(role)})"
            for key, role in draft.actors
        ),
    }


def claim_words(corpus: Corpus, draft: ClaimDraft) -> dict[str, str]:
    """The fields of a claim as words, by name."""
    article = corpus.articles.get(draft.article_id)
    figures = (
        f"{label(each.measure)} "
        + in_digits("–".join(str(n) for n in (each.low, each.best, each.high) if n is not None))
        for each in draft.estimates
    )
    return {
        "start": literal(article.text[draft.start : draft.end] if article else ""),
        "speaker": literal(both_names(draft.speaker)) if draft.speaker else _("the outlet itself"),
        "via": literal(both_names(draft.via)) if draft.via else _("none"),
        "stance": label(draft.stance),
        "disputes": label(draft.disputes) if draft.disputes else _("not known"),
        "estimates": _listed(figures),
        "note": literal(draft.note or "") or _("none"),
    }


def _listed(items: Iterable[str]) -> str:
    names = [literal(item) for item in items]
    return comma(names) if names else _("none")
