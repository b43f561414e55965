"""The articles behind the selection as a list to cite: plain text, BibTeX, CSL-JSON."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.export.selection import Export, records
from dashboard.language.dataset_terms import terms_in_words
from dashboard.model.terms import DatasetTerms

_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def to_text(export: Export) -> bytes:
    """A numbered list, one line per article."""
    lines = [
        f"[{number}] {_outlet(row)}, “{row['headline']}”, {_published(row)}. "
        f"{row['file']}, SHA-256 {row['sha256']}."
        for number, row in enumerate(records(export.articles), start=1)
    ]
    return "\n".join([*lines, "", *_about(export), ""]).encode("utf-8")


def to_bibtex(export: Export) -> bytes:
    """One @online entry per article; an unknown date is a note, never a year."""
    return "\n".join(
        [*(f"% {line}" for line in _about(export)), *map(_entry, records(export.articles)), ""]
    ).encode("utf-8")


def to_csl(export: Export) -> bytes:
    """CSL-JSON with one item per article and per imported dataset, e.g. for Zotero."""
    items = [_item(row) for row in records(export.articles)] + [
        _dataset_item(terms) for terms in export.datasets
    ]
    return json.dumps(items, ensure_ascii=False, indent=2).encode("utf-8")


def _about(export: Export) -> list[str]:
    return [f"{key}: {value}" for key, value in export.about.items()]


def _outlet(row: Mapping[str, Any]) -> str:
    return " / ".join(dict.fromkeys(filter(None, [row["outlet_en"], row["outlet_ar"]])))


def _published(row: Mapping[str, Any]) -> str:
    if row["published"]:
        return str(row["published"])[:10]
    ends = [row["published_earliest"], row["published_latest"]]
    if any(ends):
        return f"undated (inferred between {ends[0] or 'unknown'} and {ends[1] or 'unknown'})"
    return "undated"


def _entry(row: Mapping[str, Any]) -> str:
    fields = {
        "title": row["headline"],
        "organization": _outlet(row),
        "langid": "arabic" if row["lang"] == "ar" else row["lang"],
        "note": f"{_published(row)}; {row['file']}; SHA-256 {row['sha256']}",
    }
    if row["published"]:
        fields["date"] = str(row["published"])[:10]
    body = ",\n".join(f"  {key} = {{{_tex(str(value))}}}" for key, value in fields.items())
    key = re.sub(r"[^A-Za-z0-9_:-]", "_", str(row["article_id"]))
    return f"@online{{{key},\n{body}\n}}"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _dataset_item(terms: DatasetTerms) -> dict[str, Any]:
    item = {
        "id": f"dataset_{terms.dataset_id}",
        "type": "dataset",
        "title": terms.name,
        "publisher": terms.credit,
        "URL": terms.url,
        "note": terms_in_words(terms),
    }
    return {key: text for key, text in item.items() if text}


def _item(row: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": row["article_id"],
        "type": "article-newspaper",
        "title": row["headline"],
        "container-title": row["outlet_en"] or row["outlet_ar"],
        "language": row["lang"],
        "note": f"{row['file']}; SHA-256 {row['sha256']}",
    }
    if row["published"]:
        day = datetime.fromisoformat(str(row["published"]))
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    else:
        item["note"] = f"{_published(row)}; {item['note']}"
    return item
