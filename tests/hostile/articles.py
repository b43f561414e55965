"""Articles made at random of real ones, read in one batch as the command reads them."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.store.workspace import Workspace
from tests.hostile.corpus import corpus
from tests.hostile.payloads import payloads
from tests.quality.annotated import outlets

# One in so many files is undamaged: it must be read, whatever the other files contain.
_EVERY_WHOLE = 20
_PUBLISHED = ("0001-01-01", "9999-12-31", "2100-01-01", "2021-02-30", "١٨-٠١-٢٠٢١", "18", "")
_CHARSETS = (
    "undefined",
    "punycode",
    "idna",
    "unicode_escape",
    "utf-7",
    "hex",
    "windows-1256",
    "x" * 20,
)


def run(seed: int, times: int, folder: Path, port: int) -> dict[str, int]:
    """Read `times` articles; gives how many whole ones were lost, and how often a batch ended."""
    chance = random.Random(seed)
    texts = [item.text for item in outlets()]
    hostile = payloads(folder / "trap", port)
    workspace = Workspace(folder / "articles.sqlite")
    whole: set[str] = set()

    def files() -> Iterator[File]:
        for number in range(times):
            text = f"{chance.choice(texts)}\n{_words(chance, texts)} {number}"
            if number % _EVERY_WHOLE == 0:
                whole.add(f"whole_{number}.txt")
                yield File(f"whole_{number}.txt", text.encode())
            else:
                yield _fuzzed(chance, number, text, hostile)

    figures = {"articles": 0, "read": 0, "faults": 0, "uncaught": 0, "whole_lost": 0}
    report = None
    try:
        # The report so far after each file; the last is the whole.
        *_, report = ingest(workspace, corpus(), files(), Workers(), "hostile")
    except Exception as error:  # noqa: BLE001 what is counted
        figures["uncaught"] += 1
        print(f"articles: {type(error).__name__}: {error}")
    if report is not None:
        lost = {fault.file for fault in report.faults} & whole
        lost |= {name for name, _duplicate in report.duplicates} & whole
        figures |= {"articles": report.files, "read": report.articles, "faults": len(report.faults)}
        figures["uncaught"] += sum("reader failed" in fault.found for fault in report.faults)
        figures["uncaught"] += times - report.files
        figures["whole_lost"] = len(lost)
        for name in sorted(lost):
            print(f"articles: lost {name}")
    return figures


def _words(chance: random.Random, texts: list[str]) -> str:
    """Words of several articles, so that no text is a near copy of another."""
    words = " ".join(chance.sample(texts, 3)).split()
    return " ".join(chance.choices(words, k=120))


def _fuzzed(chance: random.Random, number: int, text: str, hostile: tuple[str, ...]) -> File:
    text = _with_payloads(chance, text, hostile)
    form = chance.randrange(5)
    if form == 0:
        day = chance.choice(
            (*_PUBLISHED, date.fromordinal(chance.randint(1, 3_000_000)).isoformat())
        )
        row = (
            '"'
            + text.replace('"', '""')
            + f'","{chance.choice(hostile)}","{day}"'.replace("\n", " ")
        )
        return _named(number, "csv", f"text,outlet,published\n{row}\n", chance)
    if form == 1:
        charset, day = chance.choice(_CHARSETS), chance.choice(_PUBLISHED)
        page = (
            f"<html><head><meta charset={charset}><title>{chance.choice(hostile)}</title>"
            f'<meta property="article:published_time" content="{day}"></head>'
            f"<body><article><time datetime='{day}'>{day}</time><p>{text}</p></article></body></html>"
        )
        return _named(number, "html", page, chance)
    return _named(number, "txt", text, chance)


def _with_payloads(chance: random.Random, text: str, hostile: tuple[str, ...]) -> str:
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(text))
        text = f"{text[:at]} {chance.choice(hostile)} {text[at:]}"
    return text


def _named(number: int, ending: str, text: str, chance: random.Random) -> File:
    encoding = chance.choice(("utf-8", "utf-8", "utf-16", "windows-1256"))
    content = bytearray(
        text.encode(encoding, errors="surrogatepass" if encoding == "utf-8" else "replace")
    )
    for _ in range(chance.choice((0, 0, 1, 3, 30))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.1:
        del content[chance.randrange(len(content)) :]
    return File(f"../../fuzzed_{number}.{ending}", bytes(content))
