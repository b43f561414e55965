"""The words in the names of columns, by which they are compared: "Date of incident" is "date"."""

import re

from dashboard.text.normalise import fold

# Words for an event in the names of columns; Arabic ones without article, all folded.
EVENT = frozenset({
    "incident", "event", "evenement", "incidente", "evento", "hecho", "hechos", "suceso", "vorfall",
    "vorfalls", "ereignis", "olay", "события", "події", "حادثه", "حادث", "حدث", "واقعه",
})  # fmt: skip
# Words that do not say which field it is.
_EVENT_WORDS = EVENT | {
    "of", "the", "de", "du", "d", "la", "l", "le", "les", "del", "el", "los", "las", "do", "des",
    "اسم",
}  # fmt: skip
# Questions of forms are numbered, as "1. Date of incident"; "2021 killed" is of a year.
_NUMBER = re.compile(r"\d{1,2}")
# A remark on how the cells are written, as "Latitude (WGS84)"; "Injured (children)" is another field.
_REMARK = re.compile(
    r"[(\[](?:wgs ?84|epsg:? ?4326|utc|gmt|local time|local|dd|dms|decimal(?: degrees)?|degrees|°|total"
    r"|text|approx\.?|estimated|number|[dmy]{1,4}(?:[/. -][dmy]{1,4}){1,2}|d{1,2}m{1,2}y{2,4}"
    r"|(?:wgs ?84 ?/? ?)?utm(?: zone)? ?\d{1,2} ?[a-z]?|zone \d{1,2} ?[a-z]?|\d{2} ?[a-z]"
    r"|epsg:? ?32[67]\d\d"
    r"|jj.mm.aaaa|tt.mm.jjjj|gg.aa.yyyy|°? ?[xyne]|north|east|شمالا?|شرقا?|المجموع|الإجمالي)[)\]]",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def reduced_name(name: str) -> str:
    """A folded name without words for an event and Arabic articles; unlike any name if none is left.

    Nor has it the number of a question of a form.
    """
    words = words_of(name)
    if len(words) > 1 and _NUMBER.fullmatch(words[0]):
        words = words[1:]
    return "".join(word for word in words if word not in _EVENT_WORDS) or name


def words_of(name: str) -> list[str]:
    """The folded words of a name, without remarks on how cells are written, and Arabic articles."""
    short = _REMARK.sub(" ", name).strip() or name
    # "EventDate" is two words.
    words = re.sub(r"[\W_]+", " ", fold(_CAMEL.sub(" ", short))).split()
    return [re.sub(r"^ال(?=\w{2})", "", word) for word in words]


def plain_name(name: str) -> str:
    """A folded name without spaces and punctuation; "#" stays, with which Ushahidi names its ids.

    The Turkish letter without a dot is one with it, as its capital is that of both.
    """
    folded = fold(name).replace("ı", "i")
    return re.sub(r"[\W_]+", "", folded) or folded.strip(" ._")
