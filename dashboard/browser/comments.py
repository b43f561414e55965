"""A comment as HTML: who and when, its text as it was written, with the mentions marked."""

from datetime import datetime

from dashboard.browser.highlight import Mark, highlight
from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.language.words import day, isolate
from dashboard.model.shared_work import Comment
from dashboard.review.people import mention_spans
from dashboard.text.escape import escape


def comment_html(comment: Comment) -> str:
    """The comment; of a withdrawn one, in place of the text, who withdrew it and why."""
    who = f"<strong><bdi>{escape(comment.who)}</bdi></strong>"
    head = f'<p class="muted">{who} · {_time(comment.at)}</p>'
    withdrawn = comment.withdrawn
    if withdrawn is not None:
        said = _("Withdrawn by {who}: {why}").format(
            who=f"<bdi>{escape(withdrawn.who)}</bdi>", why=f"<bdi>{escape(withdrawn.why)}</bdi>"
        )
        return f'<div class="comment">{head}<p class="muted"><em>{said}</em></p></div>'
    spans = mention_spans(comment.text, comment.mentions)
    marks = [Mark(start, end, "mentioned") for start, end in spans]
    text = highlight(comment.text, 0, len(comment.text), marks)
    return f'<div class="comment">{head}<p class="text" dir="auto">{text}</p></div>'


def for_words(person: str) -> str:
    """That something is assigned to a person, in a list: "for Rana"."""
    return _("for {who}").format(who=isolate(person))


def _time(at: datetime) -> str:
    return f"<bdi>{day(at.date())} {in_digits(f'{at:%H:%M}')} UTC</bdi>"
