"""The proof of a claim as HTML: links to its source and its archived copy, and the captured files.

Only pictures of dots (PNG, JPEG, GIF, WebP) are shown, an SVG never; graphic ones are blurred until
somebody asks for them, by a click or a key.
"""

from collections.abc import Callable, Iterable, Mapping

from dashboard.language.labels import label
from dashboard.language.messages import N_, _
from dashboard.language.numbers import in_digits, number
from dashboard.language.words import day
from dashboard.model.capture import Capture, ClaimProof, Proof
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.store.capture_files import FileState
from dashboard.store.media_type import MEDIA_TYPES, UNKNOWN
from dashboard.text.escape import escape, escape_attribute

States = Callable[[str], FileState]
# A larger picture is not loaded with the page.
_MOST_SHOWN = 20 * 1024 * 1024
_SIZES = ((1024 * 1024, N_("{number} MB")), (1024, N_("{number} kB")), (1, N_("{number} bytes")))
_FAULTS: Mapping[FileState, str] = {
    FileState.MISSING: N_("The captured file is missing."),
    FileState.ALTERED: N_("The captured file was changed: it has another hash than its record."),
}


def proofs_html(
    corpus: Corpus, proof: Proof, claims: Iterable[Claim], state: States
) -> dict[str, str]:
    """The proof of each claim by its id, for those that have any."""
    given = {claim.claim_id: claim_proof(corpus, proof, claim) for claim in claims}
    return {claim_id: proof_html(each, state) for claim_id, each in given.items() if each}


def claim_proof(corpus: Corpus, proof: Proof, claim: Claim) -> ClaimProof:
    """The proof of a claim, with the link that came with its article."""
    return proof.of_claim(claim, corpus.articles[claim.article_id].url)


def proof_html(proof: ClaimProof, state: States) -> str:
    """Links and captured files of one claim."""
    links = [
        _link(url, name)
        for url, name in ((proof.original, _("Original")), (proof.archived, _("Archived copy")))
        if is_web(url)
    ]
    rest = []
    for row in proof.captures:
        if row.is_original and state(row.sha256) is FileState.SOUND:
            links.append(_original(row))
        else:
            rest.append(row)
    listed = captures_html(rest, state)
    shown = f'<div class="links">{" · ".join(links)}</div>' if links else ""
    return f'<div class="proof">{shown}{listed}</div>'


def captures_html(captures: Iterable[Capture], state: States) -> str:
    """Captured files as a list, each with what is known of it; "" of none."""
    rows = "".join(f"<li>{_capture(row, state(row.sha256))}</li>" for row in captures)
    return f'<ul class="captures">{rows}</ul>' if rows else ""


def is_web(url: str | None) -> bool:
    """Whether it is a link that a page may show as one."""
    return (url or "").startswith(("http://", "https://"))


def capture_facts(capture: Capture) -> list[str]:
    """What is known of a capture, as text: type, size, when, how, with what, by whom, its note."""
    at = day(capture.day)
    if capture.time is not None:
        at = f"{at} {in_digits(f'{capture.time:%H:%M}')} UTC"
    return [
        capture.media_type,
        size_words(capture.size),
        _("captured {time}").format(time=at),
        label(capture.method),
        *([capture.tool] if capture.tool else []),
        _("by {who}").format(who=capture.taken_by),
        *([capture.note] if capture.note else []),
    ]


def size_words(size: int) -> str:
    """The size of a file, e.g. "1.2 MB"."""
    unit, words = next(row for row in _SIZES if size >= row[0] or row[0] == 1)
    return _(words).format(number=number(round(size / unit, 1 if unit > 1 else 0)))


def _link(url: str | None, name: str) -> str:
    there = escape_attribute(url or "")
    return f'<a href="{there}" title="{there}" target="_blank" rel="noopener noreferrer">{name}</a>'


def _original(capture: Capture) -> str:
    """The original of an article in one line: the article's page has the rest."""
    facts = escape_attribute(" · ".join([*capture_facts(capture), f"SHA-256 {capture.sha256}"]))
    title = _("File as it came in")
    return f'<a href="{_address(capture)}" title="{facts}" rel="noopener">{title}</a>'


def _capture(capture: Capture, state: FileState) -> str:
    facts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in capture_facts(capture))
    shared = _("of the whole article")
    of_all = "" if capture.claim_id else f" · {shared}"
    name = f"<bdi>{escape(capture.name)}</bdi>"
    digest = f'<code class="hash">{capture.sha256}</code>'
    head, picture = name, ""
    if state is FileState.SOUND:
        save = _("Save the file {name}").format(name=name)
        head = f'<a href="{_address(capture)}" rel="noopener">{save}</a>'
        picture = _picture(capture)
    else:
        head = f'{name} <strong class="fault">{_(_FAULTS[state])}</strong>'
    return f'{picture}<div>{head}</div><div class="muted">{facts}{of_all}<br>SHA-256 {digest}</div>'


def _picture(capture: Capture) -> str:
    """The picture, blurred if it is graphic; "" for other files."""
    kind = MEDIA_TYPES.get(capture.media_type, UNKNOWN)
    if not kind.picture or capture.size > _MOST_SHOWN:
        return ""
    title = _("Captured picture: {name}").format(name=capture.name)
    image = f'<img src="{_address(capture)}" alt="{escape_attribute(title)}" loading="lazy">'
    if not capture.graphic:
        return image
    show, blur = _("Graphic content: show it"), _("Blur it again")
    return (
        f'<details class="graphic"><summary><span class="show">{show}</span>'
        f'<span class="blur">{blur}</span>{image}</summary></details>'
    )


def _address(capture: Capture) -> str:
    """The address of the file, relative to that of any page."""
    return f"captures/{capture.sha256}"
