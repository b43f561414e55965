"""The columns of ACLED, UCDP GED and GDELT, in the order of their codebooks."""

# Source: ACLED Codebook (2023 and later), columns of the export tool.
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip

_ACTORS = tuple(
    f"{of}{name}" for of in ("Actor1", "Actor2") for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
)  # fmt: skip
_FIRST = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_ACTORS)
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip


def _places(*names: str) -> tuple[str, ...]:
    return tuple(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in names)


# Source: GDELT 2.0 Event Database codebook.
GDELT = (
    *_FIRST,
    *_EVENT,
    *_places("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"),
    "DATEADDED",
    "SOURCEURL",
)
# Source: GDELT 1.0 Event Database codebook; files of before April 2013 have no SOURCEURL.
GDELT_1 = (
    *_FIRST,
    *_EVENT,
    *_places("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"),
    "DATEADDED",
    "SOURCEURL",
)
# Source: UCDP GED Codebook, version 25.1; UCDP Candidate Events have the same columns.
UCDP_GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
