"""The gazetteer as records, e.g. the containers of Sayda: Ain Issa subdistrict, ..., Syria."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.place import Place, PlaceName


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by id, and all their names."""

    places: Mapping[str, Place]
    names: tuple[PlaceName, ...]

    def containers(self, place_id: str) -> tuple[str, ...]:
        """The ids of the containers of a place at all levels, nearest first, each once."""
        containers: dict[str, None] = {}
        queue = list(self.places[place_id].within)
        while queue:
            container = queue.pop(0)
            if container not in containers and container in self.places:
                containers[container] = None
                queue.extend(self.places[container].within)
        return tuple(containers)
