"""What a playback is made of: its window, its seconds and its language, and how many pictures it has."""

from dataclasses import dataclass

from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.paper.options import FigureLanguage
from dashboard.timeline.playback import PlayedWindow

GIF, MP4 = "gif", "mp4"
PLAYBACKS = (GIF, MP4)
# A GIF of so many pictures has some ten megabytes, and takes half a minute.
MOST_PICTURES = 240
# The choices on the page; browsers show no picture of a GIF for less than a fiftieth of a second.
SECONDS = (15, 30, 60, 180)
FASTEST_MS = 50
# The last picture stays so much longer, so that the end is seen as one.
LAST_MS = 2_000


@dataclass(frozen=True, slots=True)
class PlaybackOptions:
    """The window of each picture, the seconds of all, and the language of the texts."""

    window: PlayedWindow = PlayedWindow.WEEK
    seconds: int = 15
    language: FigureLanguage = FigureLanguage.ENGLISH


def playback_options(window: str, seconds: int, language: str) -> PlaybackOptions:
    """The options of the texts of a command line; raises ValueError for an unknown one."""
    return PlaybackOptions(PlayedWindow(window), seconds, FigureLanguage(language))


def picture_ms(options: PlaybackOptions, pictures: int) -> int:
    """How long each picture is shown, in milliseconds, in whole hundredths of a second as GIFs have."""
    exact = options.seconds * 1000 / max(pictures, 1)
    return max(FASTEST_MS, round(exact / 10) * 10)


def too_many_pictures(pictures: int) -> str:
    """Why there is no playback of so many pictures, and what to do; "" if there is one."""
    if pictures <= MOST_PICTURES:
        return ""
    found = plural("{n} picture", "{n} pictures", pictures)
    message = _(
        "{found} would be too many: at most {most}. Choose longer windows, or narrower dates."
    )
    return message.format(found=found, most=number(MOST_PICTURES))
