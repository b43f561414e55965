"""The footnotes of a report: outlet, headline, date, addresses, and when files were captured."""

from collections.abc import Iterator

from dashboard.export.report.clean import message_text, plain, web_address
from dashboard.export.report.parts import Paragraph, Role, Span
from dashboard.language.labels import label
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.language.numbers import in_digits
from dashboard.language.words import comma, day, file_words, from_left, isolate, published_words
from dashboard.model.article import Article, Outlet
from dashboard.model.capture import Capture, ClaimProof

# Longer headlines are no headlines; a footnote has to fit on its page.
_MOST_HEADLINE = 300
# Captures of one source that are named in its footnote.
_MOST_CAPTURES = 3
_STOP = ". "


class Footnotes:
    """The footnotes in the order in which they are cited."""

    def __init__(self) -> None:
        self.notes: list[Paragraph] = []
        self._cited: set[str] = set()

    def next_event(self) -> None:
        """Begin another event, in which each source is cited in full again."""
        self._cited.clear()

    def cite(self, article: Article, outlet: Outlet, proof: ClaimProof) -> int:
        """Add a footnote for a claim; returns its position. A repeated source of an event is short."""
        spans = [Span(message_text(source_words(article, outlet)))]
        key = f"{article.sha256} {article.file} {proof.original} {proof.archived}"
        if key in self._cited:
            spans = [
                Span(message_text(_("{source}, as above.").format(source=_short(article, outlet))))
            ]
        else:
            self._cited.add(key)
            spans += _addresses(proof)
            spans += [
                Span(f" {message_text(_captured(row))}") for row in proof.captures[:_MOST_CAPTURES]
            ]
        self.notes.append(Paragraph(Role.NOTE, tuple(spans), current()))
        return len(self.notes) - 1


def source_words(article: Article, outlet: Outlet) -> str:
    """Outlet, headline and date of an article; outlet and row of a dataset."""
    parts = [_short(article, outlet)]
    if article.sha256:
        parts.append(published_words(article))
    return f"{comma(parts)}{_STOP.rstrip()}"


def _short(article: Article, outlet: Outlet) -> str:
    named = isolate(plain(name_of(outlet)))
    title = plain(article.headline if article.sha256 else article.file, _MOST_HEADLINE)
    if not title:
        title = plain(file_words(article), _MOST_HEADLINE)
    return comma([named, f"“{isolate(title)}”" if article.sha256 else isolate(title)])


def _addresses(proof: ClaimProof) -> Iterator[Span]:
    """The links to the original and to an archived copy, those of the web only."""
    for url, words in ((proof.original, ""), (proof.archived, _("Archived copy"))):
        if address := web_address(url):
            yield Span(f" {words}: " if words else " ")
            yield Span(address, url=address)


def _captured(capture: Capture) -> str:
    """When and how a file was captured; not by whom."""
    at = day(capture.day)
    if capture.time is not None:
        at = f"{at} {from_left(in_digits(f'{capture.time:%H:%M}') + ' UTC')}"
    return f"{comma([_('captured {time}').format(time=at), label(capture.method)])}."
