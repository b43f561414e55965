"""The comparison of accounts as a figure for print: claims with quotes, and differing fields."""

from collections.abc import Sequence
from datetime import date

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dashboard.accounts.accounts import Account, QuotedClaim, speaker_names, summary
from dashboard.accounts.field_table import field_table
from dashboard.accounts.sides import Position, Side, stances_words
from dashboard.language.labels import label, sentence_case
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.language.words import comma, isolate, published_words
from dashboard.legend import palette
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation
from dashboard.paper.figure import figure_style
from dashboard.paper.notes import Note, caveat, height, write
from dashboard.paper.typeset import QUIET, RULE, Column

_WIDTH, _MARGIN, _GAP = 7.8, 0.4, 0.22
_SIZE, _TITLE = 8.2, 1.7
# More columns would be too narrow to read; further accounts are put in the next row.
_ACROSS = 3


def compare_figure(
    corpus: Corpus, title: str, accounts: Sequence[Account], silent: Sequence[str], created: date
) -> Figure:
    """A sheet as tall as its content, in the current language."""
    inner = _WIDTH - 2 * _MARGIN
    across = max(1, min(_ACROSS, len(accounts)))
    width = (inner - _GAP * (across - 1)) / across
    head = _head(title, accounts)
    rows = [
        [_account_notes(corpus, account) for account in accounts[at : at + across]]
        for at in range(0, len(accounts), across)
    ]
    tail = _tail(accounts, silent, created)
    heights = [max(height(notes, _SIZE, width - 0.12) for notes in row) + 0.2 for row in rows]
    total = (
        height(head, _SIZE, inner) + sum(heights) + height(tail, _SIZE, inner) + 2 * _MARGIN + 0.3
    )
    with figure_style():
        figure = Figure(figsize=(_WIDTH, total), facecolor="white")
        column = Column(figure, _MARGIN, inner, total - _MARGIN)
        write(column, head, _SIZE)
        at = 0
        for row, high in zip(rows, heights, strict=True):
            _row(figure, row, accounts[at : at + across], (column.y, high, width))
            at += across
            column.skip(high)
        write(column, tail, _SIZE)
    return figure


def positions_figure(
    pair: tuple[Side, Side], positions: Sequence[Position], created: date
) -> Figure:
    """The stances of two sides on each event, disputes first; as tall as its content."""
    language = current()
    inner = _WIDTH - 2 * _MARGIN
    names = " · ".join(isolate(side.name) for side in pair)
    notes = [Note(names, language, bold=True, share=_TITLE)]
    relation = ""
    for item in positions:
        if item.relation != relation:
            relation = item.relation
            notes.append(Note(_(relation), language, bold=True, before=0.6))
        text = comma(
            [
                f"{isolate(side.name)}: {stances_words(stances)}"
                for side, stances in zip(pair, item.stances, strict=True)
            ]
        )
        notes.append(Note(f"{isolate(item.title)} ({item.when}) — {text}", language, tag="–"))
    notes.append(caveat(created))
    total = height(notes, _SIZE, inner) + 2 * _MARGIN
    with figure_style():
        figure = Figure(figsize=(_WIDTH, total), facecolor="white")
        write(Column(figure, _MARGIN, inner, total - _MARGIN), notes, _SIZE)
    return figure


def _head(title: str, accounts: Sequence[Account]) -> list[Note]:
    language = current()
    return [
        Note(title, language, bold=True, share=_TITLE),
        Note(summary(accounts), language, colour=QUIET),
    ]


def _account_notes(corpus: Corpus, account: Account) -> list[Note]:
    language = current()
    stances = comma([sentence_case(label(stance)) for stance in account.stances])
    notes = [
        Note(account.name, language, bold=True, share=1.1),
        Note(stances, language, bold=True, colour=_colour(account)),
    ]
    for quoted in account.claims:
        notes += _claim_notes(corpus, quoted)
    return notes


def _claim_notes(corpus: Corpus, quoted: QuotedClaim) -> list[Note]:
    language = current()
    outlet = isolate(name_of(corpus.lexicon.outlets[quoted.article.outlet_id]))
    cited = speaker_names(corpus, quoted.claim)
    who = outlet
    if cited:
        who = _("{speaker}, in {outlet}").format(speaker=isolate(cited), outlet=outlet)
    arabic = type(language)("ar", language.digits, language.dates)
    notes = [
        Note(comma([who, published_words(quoted.article)]), language, colour=QUIET, before=0.5),
        Note(f"«{quoted.claim.quote}»", arabic if quoted.article.lang == "ar" else language),
    ]
    if quoted.terms:
        terms = comma([f"{isolate(t.words)} = {isolate(t.neutral)}" for t in quoted.terms])
        heading = _("Loaded terms")
        notes.append(Note(f"{heading}: {terms}", language, share=0.9))
    return notes


def _row(
    figure: Figure,
    row: Sequence[list[Note]],
    accounts: Sequence[Account],
    place: tuple[float, float, float],
) -> None:
    """Accounts side by side in writing direction, each under a rule."""
    top, high, width = place
    right = current().direction == "rtl"
    for at, (notes, account) in enumerate(zip(row, accounts, strict=True)):
        left = _MARGIN + at * (width + _GAP)
        if right:
            left = _WIDTH - _MARGIN - (at + 1) * width - at * _GAP
        page = figure.get_size_inches()
        figure.add_artist(
            Rectangle(
                (left / page[0], (top - 0.1) / page[1]),
                width / page[0],
                0.02 / page[1],
                facecolor="white" if account.against else _colour(account),
                edgecolor=_colour(account),
                hatch="//////" if account.against else "",
                linewidth=0.6,
            )
        )
        column = Column(figure, left, width - 0.12, top - 0.14)
        write(column, notes, _SIZE)
    figure.add_artist(
        Rectangle(
            (_MARGIN / _WIDTH, (top - high) / figure.get_figheight()),
            1 - 2 * _MARGIN / _WIDTH,
            0.0001,
            edgecolor=RULE,
            linewidth=0.4,
        )
    )


def _colour(account: Account) -> str:
    kind = Attestation.CONTESTED if account.against else Attestation.CORROBORATED
    return palette.ATTESTATIONS[kind]


def _tail(accounts: Sequence[Account], silent: Sequence[str], created: date) -> list[Note]:
    """The fields in which accounts differ, the outlets without a claim, and the caveat."""
    language = current()
    notes = [Note(_("Where the accounts differ"), language, bold=True, before=0.6)]
    different = [row for row in field_table(accounts) if row[1]]
    for name, _differs, values in different:
        text = comma(
            [
                f"{isolate(account.name)}: {isolate(value or _('not named'))}"
                for account, value in zip(accounts, values, strict=True)
            ]
        )
        notes.append(Note(f"{name} — {text}", language, tag="–"))
    if not different:
        notes.append(Note(_("No difference in the fields that several accounts name."), language))
    if silent:
        outlets = comma([isolate(name) for name in silent])
        notes.append(
            Note(_("Says nothing of it: {outlets}").format(outlets=outlets), language, before=0.4)
        )
    return [*notes, caveat(created)]
