"""What a layer has, and what its reading left out, in words."""

from dashboard.language.messages import plural
from dashboard.language.words import comma, isolate
from dashboard.layers.layer_file import LayerCounts


def layer_facts(counts: LayerCounts) -> list[str]:
    """The numbers of shapes by kind, and how many have days."""
    kinds = counts.kinds
    facts = [
        plural("{n} area", "{n} areas", kinds["polygon"]) if "polygon" in kinds else "",
        plural("{n} line", "{n} lines", kinds["line"]) if "line" in kinds else "",
        plural("{n} point", "{n} points", kinds["point"]) if "point" in kinds else "",
    ]
    if counts.dated:
        facts.append(plural("{n} of them with dates", "{n} of them with dates", counts.dated))
    return [fact for fact in facts if fact]


def layer_losses(counts: LayerCounts) -> list[str]:
    """A sentence for each thing that was left out or changed."""
    losses = []
    if n := counts.no_shape:
        losses.append(
            plural("{n} row without a shape left out", "{n} rows without a shape left out", n)
        )
    if n := counts.faulty:
        losses.append(plural("{n} faulty row left out", "{n} faulty rows left out", n))
    if n := counts.heights:
        losses.append(plural("height of {n} shape left out", "heights of {n} shapes left out", n))
    if n := counts.collections:
        losses.append(
            plural(
                "{n} collection divided into one shape of each kind",
                "{n} collections divided into one shape of each kind",
                n,
            )
        )
    if n := counts.unread_dates:
        unread = plural(
            "{n} date not understood ({found}): its shape is always shown",
            "{n} dates not understood ({found}): their shapes are always shown",
            n,
        )
        found = comma([isolate(text) for text in counts.unread_samples])
        losses.append(unread.format(found=found))
    return losses
