"""The history of one event as a page to print: its claims with their sentences, and every change.

It is one HTML file without scripts that loads nothing, so that it can be filed and read anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from dashboard.browser.captures import capture_facts, claim_proof, is_web
from dashboard.browser.changes import differences_html
from dashboard.browser.event_header import event_header_html
from dashboard.browser.evidence import chain_html
from dashboard.browser.highlight import Mark, highlight
from dashboard.browser.judgements import rating_reasons_html
from dashboard.language.labels import stance_done
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.stored_text import translate
from dashboard.language.words import file_words, published_words
from dashboard.model.capture import Proof
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.model.message import Message, StoredText
from dashboard.model.records import Difference, Entry
from dashboard.model.verification import with_author
from dashboard.text.escape import escape, escape_attribute, escape_message
from dashboard.text.sentences import sentence_at

# The fields of records, and the parameters of messages, that have the name of an analyst.
_AUTHORS = ("who", "taken_by", "person", "mentions", "seen_by")
# Without colours of its own: a printer has its own, too.
_STYLE = """
body { font: 11pt/1.5 sans-serif; margin: 2cm; }
h1 { font-size: 16pt; } h2 { font-size: 13pt; margin-top: 1.5em; }
section { border-top: thin solid; padding: .5em 0; break-inside: avoid; }
blockquote { margin: .5em 0; padding: 0 1em; border-inline-start: medium solid; }
.hash, .muted { opacity: .75; font-size: 9pt; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; table-layout: fixed; }
th, td { border: thin solid; padding: 2px 4px; text-align: start; vertical-align: top; }
td { overflow-wrap: anywhere; }
.chip { margin-inline-end: 1em; }
"""


def event_history_page(
    corpus: Corpus,
    event_id: str,
    entries: Sequence[Entry],
    differences: Mapping[int, Sequence[Difference]],
    proof: Proof | None = None,
    *,
    authors: bool = True,
) -> str:
    """The page of an event, which may be withdrawn; `entries` are newest first, as the log gives them.

    `differences` has the changes of each entry by its number. Of captured files the page has hash and
    facts, but no pictures. Without `authors` "an analyst" stands for each name of one.
    """
    if not authors:
        corpus, entries, differences, proof = _unnamed(corpus, entries, differences, proof)
    language = current()
    time = f"<bdi>{datetime.now(UTC):%Y-%m-%d %H:%M} UTC</bdi>"
    made = _("Made on {time}.").format(time=time)
    heading = _("Changes, the first one first")
    event = corpus.events.events.get(event_id)
    title = escape(title_of(event)) if event else escape(event_id)
    changes = "".join(
        _entry(entry, differences.get(entry.seq, ()), corpus) for entry in reversed(entries)
    )
    nothing = "<p>" + _("Nothing has been changed yet.") + "</p>"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="{language.code}" dir="{language.direction}"><head>'
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1><bdi>{title}</bdi></h1><p class="muted"><bdi dir="ltr">{escape(event_id)}</bdi> · '
        f"{made}</p>"
        f"{_current(corpus, event_id, proof or Proof())}"
        f"<h2>{heading}</h2>{changes or nothing}</body></html>"
    )


def _unnamed(
    corpus: Corpus,
    entries: Sequence[Entry],
    differences: Mapping[int, Sequence[Difference]],
    proof: Proof | None,
) -> tuple[Corpus, Sequence[Entry], Mapping[int, Sequence[Difference]], Proof | None]:
    """What the page shows, without the names of analysts; what they wrote stays as it is."""
    somebody = _("an analyst")
    judged = with_author(corpus.judgements, somebody)
    changes = {
        seq: [
            replace(row, before=_renamed(row.before, somebody), after=_renamed(row.after, somebody))
            for row in rows
        ]
        for seq, rows in differences.items()
    }
    captures = {
        key: tuple(replace(row, taken_by=somebody) for row in rows)
        for key, rows in (proof.captures if proof else {}).items()
    }
    return (
        replace(corpus, judgements=judged),
        [
            replace(entry, who=somebody, what=_unnamed_message(entry.what, somebody))
            for entry in entries
        ],
        changes,
        replace(proof, captures=captures) if proof else None,
    )


def _unnamed_message(text: StoredText, somebody: str) -> StoredText:
    """What was done, without the names of analysts, e.g. of whom an event was assigned to."""
    if not isinstance(text, Message):
        return text
    values = {
        name: somebody
        if name in _AUTHORS
        else _unnamed_message(value, somebody)
        if isinstance(value, Message)
        else value
        for name, value in text.parameters.items()
    }
    return msgspec.structs.replace(text, parameters=values)


def _renamed(value: Any, somebody: str) -> Any:
    """A value of a record with another name in every field for the person who entered it."""
    if isinstance(value, Mapping):
        return {
            key: somebody if key in _AUTHORS and inner else _renamed(inner, somebody)
            for key, inner in value.items()
        }
    return [_renamed(inner, somebody) for inner in value] if isinstance(value, list) else value


def _current(corpus: Corpus, event_id: str, proof: Proof) -> str:
    """The event as it is now, with each claim and its sentence."""
    event = corpus.events.events.get(event_id)
    if event is None:
        return "<p><strong>" + _("This event was withdrawn.") + "</strong></p>"
    attestation = corpus.attestations().get(event_id)
    head = event_header_html(corpus, event, attestation) if attestation else ""
    claims = [claim for claim in corpus.events.claims if claim.event_id == event_id]
    heading = _("Claims")
    return f"{head}<h2>{heading}</h2>" + "".join(_claim(corpus, claim, proof) for claim in claims)


def _claim(corpus: Corpus, claim: Claim, proof: Proof) -> str:
    article = corpus.articles[claim.article_id]
    start, end = sentence_at(article.text, claim.start, claim.end)
    quote = highlight(article.text, start, end, [Mark(claim.start, claim.end, "quote")])
    facts = [
        file_words(article) or article.article_id,
        f"SHA-256 {article.sha256}" if article.sha256 else "",
        _("characters {start} to {end}").format(start=claim.start, end=claim.end),
        claim.claim_id,
    ]
    hashed = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    return (
        f"<section><p><strong>{stance_done(claim.stance, claim.disputes)}</strong> "
        f"{chain_html(corpus, claim)} {escape_message(published_words(article))}</p>"
        f'<blockquote dir="auto" lang="{escape_attribute(article.lang)}">{quote}</blockquote>'
        f'{rating_reasons_html(corpus, claim)}<p class="hash">{hashed}</p>'
        f"{_proof(corpus, claim, proof)}</section>"
    )


def _proof(corpus: Corpus, claim: Claim, proof: Proof) -> str:
    """The links of a claim, and its captured files: hash, when, how and by whom they were taken."""
    given = claim_proof(corpus, proof, claim)
    links = ((_("Original"), given.original), (_("Archived copy"), given.archived))
    rows = [f"{name}: <bdi>{escape(url or '')}</bdi>" for name, url in links if is_web(url)]
    for capture in given.captures:
        facts = [capture.name, *capture_facts(capture), f"SHA-256 {capture.sha256}"]
        rows.append(" · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts))
    heading = _("Proof")
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<p>{heading}</p><ul class="hash">{listed}</ul>' if rows else ""


def _entry(entry: Entry, differences: Sequence[Difference], corpus: Corpus) -> str:
    at = f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"
    why = translate(entry.why)
    stated = _("Why: {why}").format(why=f"<bdi>{escape(why)}</bdi>")
    reason = f"<p>{stated}</p>" if why else ""
    undone = " (" + _("undone") + ")" if entry.undone else ""
    return (
        f"<section><p><strong>{entry.seq}</strong> · <bdi>{at}</bdi> · "
        f"<bdi>{escape(entry.who)}</bdi> · {escape_message(translate(entry.what))}{undone}</p>"
        f"{reason}{differences_html(differences, corpus, whole=True)}</section>"
    )
