"""The comparison of accounts as HTML: origins side by side, fields, and two sides' positions."""

from collections.abc import Sequence

from dashboard.accounts.accounts import Account, QuotedClaim, speaker_names
from dashboard.accounts.field_table import field_table
from dashboard.accounts.sides import Position, Side
from dashboard.browser.links import article_href, href
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _, plural
from dashboard.language.names import name_of
from dashboard.language.words import comma, published_words
from dashboard.model.corpus import Corpus
from dashboard.model.event import Stance
from dashboard.text.escape import escape, escape_attribute, escape_message


def accounts_html(corpus: Corpus, accounts: Sequence[Account], silent: Sequence[str]) -> str:
    """One column per account: stances, outlets, quotes and loaded terms; then the silent outlets."""
    columns = "".join(_account(corpus, account) for account in accounts)
    left_out = ""
    if silent:
        message = _("Says nothing of it: {outlets}").format(
            outlets=comma([f"<bdi>{escape(name)}</bdi>" for name in silent])
        )
        left_out = f'<p class="silent">{message}</p>'
    return f'<div class="accounts">{columns}</div>{left_out}'


def _account(corpus: Corpus, account: Account) -> str:
    stances = comma([sentence_case(label(stance)) for stance in account.stances])
    quoted = "".join(_quoted_claim(corpus, item) for item in account.claims)
    carried = ""
    if len(account.claims) > 1:
        carried = plural("{n} claim of one origin", "{n} claims of one origin", len(account.claims))
        carried = f'<p class="muted">{carried}</p>'
    return (
        f'<section class="account {"against" if account.against else "asserting"}">'
        f"<h3><bdi>{escape(account.name)}</bdi></h3>"
        f'<p class="stance">{stances}</p>{carried}{quoted}</section>'
    )


def _quoted_claim(corpus: Corpus, quoted: QuotedClaim) -> str:
    outlet = escape(name_of(corpus.lexicon.outlets[quoted.article.outlet_id]))
    cited = speaker_names(corpus, quoted.claim)
    who = f"<strong><bdi>{outlet}</bdi></strong>"
    if cited:
        who = _("{speaker}, in {outlet}").format(speaker=f"<bdi>{escape(cited)}</bdi>", outlet=who)
    source = comma([who, published_words(quoted.article)])
    link = article_href(quoted.article.article_id, quoted.claim.claim_id)
    terms = "".join(
        f'<li><bdi lang="ar" class="arabic loaded">{escape(term.words)}</bdi> = '
        f"<bdi>{escape(term.neutral)}</bdi></li>"
        for term in quoted.terms
    )
    loaded = _("Loaded terms")
    words = f"<p>{loaded}:</p><ul>{terms}</ul>" if terms else ""
    return (
        f'<div class="said {quoted.claim.stance.value}"><p>{source}</p>'
        f'<blockquote class="arabic" dir="rtl" lang="ar"><a href="{link}">'
        f"{escape(quoted.claim.quote)}</a></blockquote>{words}</div>"
    )


def fields_html(accounts: Sequence[Account]) -> str:
    """One row per field: the values of each account, and whether they differ."""
    field, differ = _("Field"), _("They differ")
    heads = "".join(f"<th scope='col'><bdi>{escape(a.name)}</bdi></th>" for a in accounts)
    rows = "".join(
        f'<tr class="{"differs" if different else ""}"><th scope="row">{escape(name)}'
        + (f' <span class="chip">{differ}</span>' if different else "")
        + "</th>"
        + "".join(f"<td>{_value(value)}</td>" for value in values)
        + "</tr>"
        for name, different, values in field_table(accounts)
    )
    return (
        f'<table class="fields"><thead><tr><th scope="col">{field}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _value(value: str) -> str:
    unnamed = _("not named")
    return (
        f"<bdi>{escape_message(value)}</bdi>" if value else f'<span class="muted">{unnamed}</span>'
    )


def positions_html(pair: tuple[Side, Side], positions: Sequence[Position]) -> str:
    """One row per event: the stances of both sides; the title is a link to its accounts."""
    heads = "".join(
        f'<th scope="col">{head}</th>'
        for head in (
            _("Event"),
            _("When"),
            f"<bdi>{escape(pair[0].name)}</bdi>",
            f"<bdi>{escape(pair[1].name)}</bdi>",
            "",
        )
    )
    rows = "".join(
        f'<tr><th scope="row"><a href="{href("compare", event=item.event_id)}">'
        f"<bdi>{escape(item.title)}</bdi></a></th><td>{item.when}</td>"
        + "".join(f"<td>{_stances(stances)}</td>" for stances in item.stances)
        + f'<td><span class="chip">{escape(_(item.relation))}</span></td></tr>'
        for item in positions
    )
    return f'<table class="fields"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _stances(stances: Sequence[Stance]) -> str:
    if not stances:
        silent = _("says nothing")
        return f'<span class="muted">{silent}</span>'
    return comma(
        [
            f'<span class="{escape_attribute(stance.value)}">{label(stance)}</span>'
            for stance in stances
        ]
    )
