"""Pictures as one file: GIF by Pillow, MP4 by the optional package imageio-ffmpeg."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageColor

from dashboard.export.playback.options import LAST_MS
from dashboard.language.messages import _
from dashboard.legend.palette import ATTESTATIONS, GROUPS, colour
from dashboard.model.errors import DashboardError
from dashboard.paper.marks import POSSIBLE_ALPHA

# The colours of the palette that all pictures share, besides those of the marks.
_COLOURS = 200
# How much of a colour is seen: all, where a mark is only possible, and at the edge of a letter or line.
_SHARES = (1.0, POSSIBLE_ALPHA, 0.7)
# Pictures from which the palette is made: the ground is the same in all, and marks take turns.
_SAMPLES = 6
# Players expect a steady rate; a picture is repeated for as long as it is shown.
_RATE = 20
_PACKAGE = "imageio_ffmpeg"


class PlaybackError(DashboardError):
    """A playback that cannot be written, with what to do."""


def has_mp4() -> bool:
    """Whether the package that writes MP4 is installed."""
    return find_spec(_PACKAGE) is not None


def mp4_missing() -> str:
    """What to install for MP4."""
    return _(
        "MP4 needs one more package (68 MB): pip install -r requirements-video.txt, then start the "
        "program again. A GIF needs none."
    )


def write_gif(images: Sequence[Image.Image], milliseconds: int, path: Path) -> None:
    """An endless GIF; all pictures have one palette, so that the ground does not flicker."""
    palette = _shared_palette(images)
    drawn = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    durations = [milliseconds] * len(drawn)
    durations[-1] += LAST_MS
    drawn[0].save(
        path,
        "GIF",
        save_all=True,
        append_images=drawn[1:],
        duration=durations,
        loop=0,
        optimize=False,
    )


def _shared_palette(images: Sequence[Image.Image]) -> Image.Image:
    """A picture with the palette of some pictures of the playback."""
    step = max(1, len(images) // _SAMPLES)
    samples = images[::step][:_SAMPLES]
    width, height = samples[0].size
    sheet = Image.new("RGB", (width, height * len(samples)))
    for at, sample in enumerate(samples):
        sheet.paste(sample, (0, at * height))
    common = sheet.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    marks = [part for each in _mark_colours() for part in each]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*marks, *(common.getpalette() or [])[: 3 * _COLOURS]])
    return palette


def _mark_colours() -> list[tuple[int, ...]]:
    """White, and the colours of marks and bars, which are few pixels of a picture, at each share."""
    whole = [*GROUPS.values(), *ATTESTATIONS.values(), colour("ink"), colour("accent")]
    mixed = [
        tuple(round(255 - share * (255 - part)) for part in ImageColor.getrgb(each)[:3])
        for each in whole
        for share in _SHARES
    ]
    return [(255, 255, 255), *mixed]


def write_mp4(images: Iterable[Image.Image], milliseconds: int, path: Path) -> None:
    """A film that all current players show; raises PlaybackError without the package."""
    if not has_mp4():
        raise PlaybackError(mp4_missing())
    import imageio_ffmpeg  # noqa: PLC0415 optional

    frames = _repeated(images, milliseconds)
    first = next(frames)
    writer = imageio_ffmpeg.write_frames(
        str(path), first.size, fps=_RATE, codec="libx264", macro_block_size=2,
        output_params=["-crf", "20", "-f", "mp4", "-movflags", "+faststart"],
    )  # fmt: skip
    writer.send(None)
    try:
        writer.send(first.tobytes())
        for frame in frames:
            writer.send(frame.tobytes())
    finally:
        writer.close()


def _repeated(images: Iterable[Image.Image], milliseconds: int) -> Iterator[Image.Image]:
    """Each picture for as long as it is shown, the last one longer."""
    image = None
    for image in images:
        for _time in range(max(1, round(milliseconds * _RATE / 1000))):
            yield image
    for _time in range(LAST_MS * _RATE // 1000):
        if image is not None:
            yield image


WRITERS: dict[str, Callable[[Sequence[Image.Image], int, Path], None]] = {
    "gif": write_gif,
    "mp4": write_mp4,
}
