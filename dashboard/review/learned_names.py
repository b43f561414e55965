"""What corrections propose for the next articles: further names of places, parties, speakers, outlets.

Nothing is learned by itself: an analyst accepts or declines each proposal, as one log entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.documents.decode import arabic_share
from dashboard.extraction.attribution import SpeakerIndex
from dashboard.model.actor import Actor
from dashboard.model.article import Outlet, Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.listed_places import names_of_places
from dashboard.model.message import StoredText, message
from dashboard.model.place import Place
from dashboard.model.records import Correction, Table
from dashboard.review.edit_session import EditSession
from dashboard.review.form_corrections import ReadArticle, form_corrections
from dashboard.store.workspace import Change, Workspace
from dashboard.text.normalise import fold
from dashboard.text.stated_outlet import OutletIndex

_SHORTEST, _LONGEST = 2, 120


class LearnedNameError(DashboardError):
    """A wording that cannot be a name; nothing was written."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording that analysts corrected to a place, a party, a speaker or an outlet, in these articles.

    `rivals` are the ids of others that the same wording was corrected to.
    """

    kind: LearnedKind
    wording: str
    meaning_id: str
    article_ids: tuple[str, ...]
    rivals: tuple[str, ...]


def proposals(
    workspace: Workspace, corpus: Corpus, read: ReadArticle | None = None
) -> tuple[Proposal, ...]:
    """The proposals that are not decided and not known yet, those of most articles first.

    `read` returns the reading of an article by its id, e.g. one that is cached.
    """
    decided = {_key(name.kind, name.meaning_id, name.proposed) for name in learned(workspace)}
    articles: dict[tuple[LearnedKind, str, str], dict[str, str]] = defaultdict(dict)
    corrected_to: dict[tuple[LearnedKind, str], set[str]] = defaultdict(set)
    for correction in _corrections(workspace, corpus, read):
        kind, meaning_id = LearnedKind(correction.type), correction.value or ""
        text = corpus.articles[correction.article_id].text
        wording = " ".join(text[correction.start : correction.end].split())
        articles[_key(kind, meaning_id, wording)][correction.article_id] = wording
        corrected_to[kind, fold(wording)].add(meaning_id)
    found = [
        Proposal(
            kind,
            next(iter(seen.values())),
            meaning_id,
            tuple(seen),
            tuple(sorted(corrected_to[kind, folded] - {meaning_id})),
        )
        for (kind, meaning_id, folded), seen in articles.items()
        if (kind, meaning_id, folded) not in decided
        and folded not in _known(corpus, kind, meaning_id)
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.article_ids), each.wording)))


def learned(workspace: Workspace) -> tuple[LearnedName, ...]:
    """All decided names, by id."""
    stored = workspace.all(Table.LEARNED_NAME).values()
    return tuple(item.value for item in stored if isinstance(item.value, LearnedName))


def decide(
    session: EditSession,
    proposal: Proposal,
    status: LearnedStatus,
    *,
    wording: str,
    why: StoredText,
) -> None:
    """Accept or decline a proposal; `wording` is what is learned, e.g. without a particle before it.

    Raises LearnedNameError for a wording that is too short or long, or that the articles do not have.
    """
    wording = " ".join(wording.split())
    if not can_be_name(wording) or wording not in proposal.wording:
        raise LearnedNameError(
            message("expected a part of “{proposed}”", proposed=proposal.wording)
        )
    source = f"corrected in {', '.join(proposal.article_ids)} by analysts"
    lang = "ar" if arabic_share(wording) > 0.5 else "en"
    meaning, affiliation = _described(session.corpus, proposal)
    name = LearnedName(
        proposal.kind,
        wording,
        proposal.meaning_id,
        status,
        lang,
        source,
        proposal.wording,
        meaning,
        affiliation,
    )
    what = {
        LearnedStatus.ACCEPTED: message(
            "learned “{wording}” for {meaning}", wording=wording, meaning=proposal.meaning_id
        ),
        LearnedStatus.DECLINED: message(
            "declined “{wording}” for {meaning}", wording=wording, meaning=proposal.meaning_id
        ),
    }
    session.commit([session.change(Table.LEARNED_NAME, _id(name), name)], what[status], why)


def meanings(corpus: Corpus, kind: LearnedKind) -> Mapping[str, Place | Actor | Speaker | Outlet]:
    """What names of a kind can be of, by id."""
    lexicon = corpus.lexicon
    by_kind: Mapping[LearnedKind, Mapping[str, Place | Actor | Speaker | Outlet]] = {
        LearnedKind.PLACE: corpus.gazetteer.places,
        LearnedKind.ACTOR: lexicon.actors,
        LearnedKind.SPEAKER: lexicon.speakers,
        LearnedKind.OUTLET: lexicon.outlets,
    }
    return by_kind[kind]


def can_be_name(wording: str) -> bool:
    """Whether the words are neither a letter, as a particle is, nor a whole sentence."""
    return _SHORTEST <= len(fold(wording)) <= _LONGEST


def forget_name(session: EditSession, name: LearnedName, *, why: StoredText) -> None:
    """Remove a decided name: articles are no longer read with it, and it may be proposed again."""
    what = message(
        "removed the learned “{wording}” of {meaning}",
        wording=name.wording,
        meaning=name.meaning_id,
    )
    session.commit([session.change(Table.LEARNED_NAME, _id(name), None)], what, why)


def undecided_here(workspace: Workspace, names: Iterable[LearnedName]) -> tuple[LearnedName, ...]:
    """Those of the names, e.g. of another team's file, on which nothing was decided here, each once."""
    here = {_id(name) for name in learned(workspace)}
    return tuple({_id(name): name for name in names if _id(name) not in here}.values())


def add_names(session: EditSession, names: Sequence[LearnedName], *, why: StoredText) -> None:
    """Add names that are `undecided_here`, as one log entry, with speakers and outlets new here."""
    changes = [session.change(Table.LEARNED_NAME, _id(name), name) for name in names]
    what = message("added {n} learned names", n=len(names))
    session.commit([*changes, *_new_meanings(session, names)], what, why)


def _corrections(
    workspace: Workspace, corpus: Corpus, read: ReadArticle | None
) -> Iterable[Correction]:
    """The corrections to what the corpus has, in articles of the corpus: of mentions and in forms."""
    known = {kind.value: meanings(corpus, kind) for kind in LearnedKind}
    by_hand = (stored.value for stored in workspace.all(Table.CORRECTION).values())
    for correction in (*by_hand, *form_corrections(workspace, corpus, read)):
        if (
            isinstance(correction, Correction)
            and correction.article_id in corpus.articles
            and correction.value in known.get(correction.type, ())
        ):
            yield correction


def _known(corpus: Corpus, kind: LearnedKind, meaning_id: str) -> set[str]:
    """The folded names that articles are read with already."""
    if kind is LearnedKind.PLACE:
        return {fold(each.name) for each in names_of_places(corpus.gazetteer, (meaning_id,))}
    if kind is LearnedKind.SPEAKER:
        return _speaker_index().names_of(meaning_id)
    if kind is LearnedKind.OUTLET:
        return _outlet_index().names_of(meaning_id)
    names = corpus.lexicon.actor_names
    return {fold(each.name) for each in names if each.actor_id == meaning_id}


def _described(corpus: Corpus, proposal: Proposal) -> tuple[str, str | None]:
    """The name of a speaker or an outlet, and the party that the speaker speaks for."""
    meaning = meanings(corpus, proposal.kind)[proposal.meaning_id]
    if isinstance(meaning, Speaker):
        return meaning.name_en, meaning.affiliation
    return (meaning.name_en, None) if isinstance(meaning, Outlet) else ("", None)


def _new_meanings(session: EditSession, names: Iterable[LearnedName]) -> list[Change]:
    """The changes that add the speakers and outlets of names that the lexicon lacks."""
    lexicon = session.corpus.lexicon
    changes: dict[str, Change] = {}
    for name in names:
        key, title, source = name.meaning_id, name.meaning, "a file of learned names"
        if name.kind is LearnedKind.SPEAKER and key not in lexicon.speakers:
            kind = "organisation" if name.affiliation else "unnamed"
            speaker = Speaker(key, title, title, kind, name.affiliation, None, source)
            changes[key] = session.change(Table.SPEAKER, key, speaker)
        elif name.kind is LearnedKind.OUTLET and key not in lexicon.outlets:
            outlet = Outlet(key, title, title, "unknown", source)
            changes[key] = session.change(Table.OUTLET, key, outlet)
    return list(changes.values())


@cache
def _speaker_index() -> SpeakerIndex:
    return SpeakerIndex()


@cache
def _outlet_index() -> OutletIndex:
    return OutletIndex()


def _key(kind: LearnedKind, meaning_id: str, wording: str) -> tuple[LearnedKind, str, str]:
    return kind, meaning_id, fold(wording)


def _id(name: LearnedName) -> str:
    return f"{name.kind.value}:{name.meaning_id}:{fold(name.wording)}"
