"""A small file as ACLED exports it, for tests of datasets whose rows may not be shared."""

from pathlib import Path

HEAD = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,"
    "country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities"
)
ROWS = """\
SYR90001,2021-01-19,2021,1,Battles,Armed clash,SDF,SNA,Syria,Raqqa,Ain Issa,36.38,38.85,1,SOHR,A clash,2
SYR90002,2021-02-03,2021,1,Battles,Armed clash,SDF,SNA,Syria,Aleppo,Azaz,36.59,37.04,1,ANHA,A clash,0
"""


def write_acled(path: Path) -> Path:
    """Write two events."""
    path.write_text(f"{HEAD}\n{ROWS}", encoding="utf-8")
    return path
