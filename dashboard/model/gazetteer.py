"""The gazetteer as records, e.g. the containers of Sayda: Ain Issa subdistrict, ..., Syria."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.place import Place, PlaceName


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by id, and every name that leads to them."""

    places: Mapping[str, Place]
    names: tuple[PlaceName, ...]

    def containers(self, place_id: str) -> tuple[str, ...]:
        """The ids of all places that hold this one, nearest first, each once."""
        found: dict[str, None] = {}
        waiting = list(self.places[place_id].within)
        while waiting:
            container = waiting.pop(0)
            if container not in found and container in self.places:
                found[container] = None
                waiting.extend(self.places[container].within)
        return tuple(found)

    def contains(self, container_id: str, place_id: str) -> bool:
        """Whether the place is the container or lies in it."""
        return container_id == place_id or container_id in self.containers(place_id)
