"""What the codes of the known formats mean here: rows of data/lexicon/imported_*.csv."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.event import PartyRoles
from dashboard.model.place import PlacePrecision
from dashboard.model.rows import load_records
from dashboard.text.normalise import fold

# The type of the row for what no other row lists.
OTHER_KIND = "*"
_ARTICLE = re.compile(r"\bال(?=\w{2})")
# Between several kinds of a list, and between parts of one name that may be one kind twice.
_LIST = re.compile(r"[,;:|،؛\n]| / | [-–] ")
_PARTS = re.compile(r"[/&()+]| and | et | und | ve ")
# Words of what did not happen, or is not known to have: the name of a kind beside them is none. Folded.
_NOT_HAPPENED = frozenset(map(fold, (
    "no", "not", "non", "none", "denied", "denies", "denial", "false", "fake", "hoax", "rumour",
    "rumours", "rumor", "rumors", "foiled", "averted", "thwarted", "prevented", "defused", "threat",
    "threats", "threatened", "warning", "planned", "cancelled", "canceled", "drill", "exercise",
    "simulated",
    "pas", "démenti", "déjoué", "menace", "kein", "keine", "nicht", "vereitelt", "değil", "tehdit",
    "نفي", "منفي", "إحباط", "محبط", "تهديد", "تحذير", "إشاعة", "شائعة", "كاذب", "كاذبة", "تدريب", "غير",
    "ليس", "لم", "دون", "بدون",
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedKind:
    """The kind of the events of a type and sub-type (`None` where the format has none)."""

    format: str
    type: str
    sub_type: str | None
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class KindName:
    """A name that tables of others have for a kind, in a language, as "en" or "ar"."""

    kind: str
    name: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class ImportedType:
    """A type of event by its code; `disorder_type` is ACLED's class of types."""

    format: str
    type: str
    name: str
    parties: PartyRoles
    disorder_type: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ImportedPrecision:
    """The precision of a place by its code; `None`: too wide to be an event's place."""

    format: str
    code: str
    precision: PlacePrecision | None
    source: str


@dataclass(frozen=True, slots=True)
class ImportedActorType:
    """A type of actor by its code, and whether it means civilians."""

    format: str
    code: str
    civilians: bool
    source: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The codes of one format: its kinds by (type, sub-type), the others by their code.

    A precision is "" where an event gets no place. `unknown_kind` is the kind of an event whose kind
    the format or the table does not say in words or codes that are listed.
    """

    kinds: Mapping[tuple[str, str], str]
    types: Mapping[str, ImportedType]
    precisions: Mapping[str, str]
    civilians: Mapping[str, bool]
    unknown_kind: str

    def kind_of(self, type_: str, sub_type: str = "") -> str | None:
        """The kind for a type and sub-type, or `None`."""
        return self.kinds.get((type_, sub_type))

    def kind_by_prefix(self, code: str) -> str | None:
        """The kind for the longest type that is a prefix of `code`, since CAMEO's codes nest."""
        prefixes = (code[:length] for length in range(len(code), 1, -1))
        return next((kind for prefix in prefixes if (kind := self.kind_of(prefix))), None)

    def kind_by_name(self, name: str) -> str | None:
        """The kind for a name in a table: for all of it, or for the parts of a list that are known.

        Of other names with several parts, as "Abduction/Kidnapping" or "Vehicle-borne IED (VBIED)", all
        must be known. Names of different kinds, as "Arrest, protest", are none, and so are names with a
        word of what did not happen, as "Shelling, denied".
        """
        if found := self._kind_of_name(name):
            return found
        if not _NOT_HAPPENED.isdisjoint(re.findall(r"\w+", fold(name))):
            return None
        parts = self.kinds_of_parts(name)
        return next(iter(parts.values())) if len(set(parts.values())) == 1 else None

    def kinds_of_parts(self, name: str) -> dict[str, str]:
        """The kind of each part of a name with several, e.g. of "Riots/Protests"."""
        listed = {part: kind for part in _LIST.split(name) if (kind := self._kind_of_name(part))}
        if listed:
            return listed
        parts = [part for part in _PARTS.split(name) if part.strip()]
        known = {part: kind for part in parts if (kind := self._kind_of_name(part))}
        return known if len(parts) > 1 and len(known) == len(set(parts)) else {}

    def _kind_of_name(self, name: str) -> str | None:
        """The kind for a name, also with Arabic articles; `None` for "" and for names not known."""
        folded = " ".join(fold(name).split())
        if not folded:
            return None
        return self.kind_of(folded) or self.kind_of(_ARTICLE.sub("", folded))

    def parties_of(self, type_: str) -> PartyRoles | None:
        """How parties take part in events of a type; `None` for an unknown type."""
        return self.types[type_].parties if type_ in self.types else None


def load_crosswalks(
    lexicon: Path, formats: Collection[str], kinds: Collection[str]
) -> dict[str, Crosswalk]:
    """The crosswalk of each format; raises DataError for a fault, e.g. a kind not in `kinds`."""
    key = ("format", "type", "sub_type")
    by_type = load_records(
        lexicon / "imported_kinds.csv", ImportedKind, *key, format=formats, kind=kinds
    )
    types = load_types(lexicon)
    places = load_records(
        lexicon / "imported_precision.csv", ImportedPrecision, "format", "code", format=formats
    )
    actors = load_records(
        lexicon / "imported_actor_types.csv", ImportedActorType, "format", "code", format=formats
    )
    unknown = next(row.kind for row in by_type if row.type == OTHER_KIND)
    return {
        name: Crosswalk(
            {(row.type, row.sub_type or ""): row.kind for row in by_type if row.format == name},
            {row.type: row for row in types if row.format == name},
            {row.code: row.precision or "" for row in places if row.format == name},
            {row.code: row.civilians for row in actors if row.format == name},
            unknown,
        )
        for name in formats
    }


def load_kind_names(lexicon: Path, kinds: Collection[str]) -> dict[str, str]:
    """The kind for each folded name that tables of others give; raises DataError for a fault."""
    rows = load_records(lexicon / "kind_names.csv", KindName, "name", kind=kinds)
    return {fold(row.name): row.kind for row in rows}


def load_types(lexicon: Path) -> list[ImportedType]:
    """The types of event of all formats; raises DataError for a fault."""
    return load_records(lexicon / "imported_types.csv", ImportedType, "format", "type")
