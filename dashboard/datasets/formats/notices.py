"""What an import says about rows that it takes, e.g. 3 rows with a kind of event that is not known."""

from enum import StrEnum

import msgspec

from dashboard.language.messages import N_


class NoticeKind(StrEnum):
    """What the analyst should know about values of rows that were taken."""

    KIND = "kind"
    UNKNOWN_KIND = "unknown_kind"
    NO_KIND = "no_kind"
    UNKNOWN_PRECISION = "unknown_precision"
    NO_PRECISION_COLUMN = "no_precision_column"
    ZERO_COORDINATES = "zero_coordinates"
    NO_COORDINATES = "no_coordinates"
    LON_FIRST = "lon_first"
    SCALED_DEGREES = "scaled_degrees"
    ROUNDED_COORDINATES = "rounded_coordinates"
    SWAPPED_COORDINATES = "swapped_coordinates"
    TOO_WIDE = "too_wide"
    PLACED_BY_NAME = "placed_by_name"
    SEVERAL_PLACES = "several_places"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_ELSEWHERE = "place_elsewhere"
    UNKNOWN_AREA = "unknown_area"
    UNDATED = "undated"
    NO_DATE_PRECISION_COLUMN = "no_date_precision_column"
    RESTORED_CODE = "restored_code"
    CUT_ID = "cut_id"
    HIJRI_DATE = "hijri_date"
    OTHER_YEAR = "other_year"
    NUMBER_AS_DATE = "number_as_date"
    UNCLEAR_DATE_ORDER = "unclear_date_order"
    DATE_CELL = "date_cell"
    LAST_BEFORE_FIRST = "last_before_first"
    LATE_COLUMN = "late_column"
    SEVERAL_EVENTS = "several_events"
    SEVERAL_NAMES = "several_names"


# English messages, to be translated where they are shown.
NOTICES = {
    NoticeKind.KIND: N_("Taken for this kind of event"),
    NoticeKind.NO_KIND: N_("No kind of event: imported as “Unknown kind”"),
    NoticeKind.UNKNOWN_KIND: N_("No known kind of event: imported as “Unknown kind”"),
    NoticeKind.UNKNOWN_PRECISION: N_("No known precision of a place: drawn as an uncertain place"),
    NoticeKind.NO_PRECISION_COLUMN: N_("No precision of places: drawn as uncertain places"),
    NoticeKind.ZERO_COORDINATES: N_("Coordinates of 0 are no place: imported without a place"),
    NoticeKind.NO_COORDINATES: N_("No coordinates: imported without a place"),
    NoticeKind.LON_FIRST: N_("A list of two numbers: taken for longitude and latitude"),
    NoticeKind.SCALED_DEGREES: N_("Whole numbers, taken for parts of a degree (E7)"),
    NoticeKind.ROUNDED_COORDINATES: N_(
        "Degrees with at most one decimal: drawn as an uncertain place"
    ),
    NoticeKind.SWAPPED_COORDINATES: N_(
        "Latitude and longitude are swapped, as the place or country of the row says: imported without "
        "a place. Choose the columns the other way round"
    ),
    NoticeKind.TOO_WIDE: N_("A country or wider is no place: imported without a place"),
    NoticeKind.PLACED_BY_NAME: N_(
        "No coordinates: placed by the gazetteer, by the name of the place"
    ),
    NoticeKind.SEVERAL_PLACES: N_(
        "Several places of this name in the gazetteer: imported without a place"
    ),
    NoticeKind.UNKNOWN_PLACE: N_(
        "No place of this name in the gazetteer: imported without a place"
    ),
    NoticeKind.PLACE_ELSEWHERE: N_(
        "The gazetteer has this name in another area only: imported without a place"
    ),
    NoticeKind.UNKNOWN_AREA: N_(
        "No area of this name in the gazetteer: places were not compared with it"
    ),
    NoticeKind.UNDATED: N_("No known date: imported without a date"),
    NoticeKind.NO_DATE_PRECISION_COLUMN: N_("No precision of dates: taken as days"),
    NoticeKind.RESTORED_CODE: N_("A leading zero of the CAMEO code was restored"),
    NoticeKind.CUT_ID: N_("A spreadsheet cut the id: imported as a row without an id"),
    NoticeKind.HIJRI_DATE: N_(
        "A Hijri date: from the day of one to that of the other of its two calendars"
    ),
    NoticeKind.OTHER_YEAR: N_(
        "The column of years has another year than this date: imported without a date"
    ),
    NoticeKind.NUMBER_AS_DATE: N_(
        "It is not clear what this number counts: imported without a date"
    ),
    NoticeKind.UNCLEAR_DATE_ORDER: N_(
        "It is not clear which number is the day and which the month: imported without a date"
    ),
    NoticeKind.DATE_CELL: N_(
        "A spreadsheet may have swapped day and month: imported without a date"
    ),
    NoticeKind.LAST_BEFORE_FIRST: N_("The last day is before the first: imported without a date"),
    NoticeKind.LATE_COLUMN: N_(
        "The first rows lack this column: it is not used, and shown as it is. "
        "Move a row that has it to the start"
    ),
    NoticeKind.SEVERAL_EVENTS: N_("This row counts several events: imported as one event"),
    NoticeKind.SEVERAL_NAMES: N_(
        "This may be several names: imported as one. A semicolon divides names"
    ),
}
# Notices of values that were not understood; the others say how a value was understood.
NOT_UNDERSTOOD = frozenset(
    {
        NoticeKind.UNKNOWN_KIND,
        NoticeKind.UNKNOWN_PRECISION,
        NoticeKind.ZERO_COORDINATES,
        NoticeKind.SWAPPED_COORDINATES,
        NoticeKind.OTHER_YEAR,
        NoticeKind.NUMBER_AS_DATE,
        NoticeKind.UNCLEAR_DATE_ORDER,
        NoticeKind.DATE_CELL,
        NoticeKind.LAST_BEFORE_FIRST,
        NoticeKind.CUT_ID,
        NoticeKind.LATE_COLUMN,
        NoticeKind.SEVERAL_PLACES,
        NoticeKind.UNKNOWN_PLACE,
        NoticeKind.PLACE_ELSEWHERE,
        NoticeKind.SEVERAL_EVENTS,
    }
)
# Notices of names to each of which there is an answer.
NAMES_TO_ANSWER = frozenset({NoticeKind.UNKNOWN_KIND, NoticeKind.SEVERAL_PLACES})
# Stands for the values of a notice beyond the first 500.
OTHER_VALUES = "…"


class Notice(msgspec.Struct, frozen=True):
    """A number of rows of the same column and value ("" for a blank cell) with the same notice.

    `meaning` is what the value was taken for, e.g. the kind of event "clash"; "" if that is not said.
    """

    kind: NoticeKind
    column: str
    value: str
    count: int
    meaning: str = ""
