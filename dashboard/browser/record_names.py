"""Names of records for readers, in place of the ids by which the workspace stores them."""

from collections.abc import Mapping, Sequence

from dashboard.language.messages import N_, _
from dashboard.language.names import Named, either, name_of, title_of
from dashboard.model.corpus import Corpus
from dashboard.model.records import Difference, Table

KINDS: Mapping[Table, str] = {
    Table.ARTICLE: N_("Article"),
    Table.EVENT: N_("Event"),
    Table.PLACE: N_("Place"),
    Table.OUTLET: N_("Outlet"),
    Table.SPEAKER: N_("Speaker"),
    Table.SUGGESTION: N_("Suggestion"),
    Table.CORRECTION: N_("Correction of a reading"),
    Table.UNKNOWN_PLACE: N_("Unknown name of a place"),
    Table.FILE: N_("File"),
    Table.MERGED_EVENT: N_("Merged event"),
    Table.RELATION: N_("Relation of two events"),
    Table.DISTINCT_EVENTS: N_("Two different events"),
    Table.CAPTURE: N_("Capture"),
    Table.SOURCE_LINKS: N_("Links of a source"),
    Table.VERIFICATION: N_("Verification"),
    Table.IMPORTED_VERIFICATION: N_("Verification of an imported event"),
    Table.SOURCE_RATING: N_("Rating of a source"),
    Table.CLAIM_RATING: N_("Rating of a claim"),
    Table.LEARNED_NAME: N_("Learned name"),
    Table.EVENT_LINK: N_("Link of two events"),
    Table.SAVED_VIEW: N_("Saved view"),
    Table.RESTRICTION: N_("Restriction"),
    Table.COMMENT: N_("Comment"),
    Table.ASSIGNMENT: N_("Assignment"),
}
# The fields of a record that have its name, by language; records may have it one level deeper.
_NAMES = (("title_en", "title_ar"), ("name_en", "name_ar"), ("headline", "headline"))
_OTHER_NAMES = ("name", "wording", "surface")


def record_label(difference: Difference, corpus: Corpus) -> str:
    """The kind of the record and its name, where it has one: "Event: SDF arrest …"."""
    kind = _(KINDS[difference.kind])
    record = difference.after or difference.before or {}
    name = _own_name(record) or name_by_id(corpus, difference.record_id)
    return f"{kind}: {name}" if name else kind


def name_by_id(corpus: Corpus, record_id: str) -> str:
    """The name of the record of this id in the reader's language; "" if no record has it."""
    if event := corpus.events.events.get(record_id):
        return title_of(event)
    if article := corpus.articles.get(record_id):
        return article.headline
    lexicon = corpus.lexicon
    tables: Sequence[Mapping[str, Named]] = (
        lexicon.kinds,
        lexicon.actors,
        lexicon.outlets,
        lexicon.speakers,
        corpus.gazetteer.places,
    )
    named = next((table[record_id] for table in tables if record_id in table), None)
    return name_of(named) if named else ""


def _own_name(record: Mapping[str, object]) -> str:
    for level in (record, *(value for value in record.values() if isinstance(value, Mapping))):
        for english, arabic in _NAMES:
            name = either(str(level.get(english) or ""), str(level.get(arabic) or ""))
            if name:
                return name
    return next((str(record[key]) for key in _OTHER_NAMES if record.get(key)), "")
