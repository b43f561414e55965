// The offline basemap: land, borders, water and labels, drawn on a canvas from files of this server.
//
// Labels are thinned by zoom and kept off each other; their text reaches the page by textContent.
(function () {
  "use strict";

  const LAYERS = ["countries", "governorates", "lakes", "rivers", "towns"];
  const COLOURS = { sea: "#dfe8ee", land: "#f0efe9", syria: "#fbfaf6", border: "#8d8a80", inner: "#b9b5a8", water: "#a9c6d8" };
  // The rank up to which towns are labelled at a zoom level.
  const RANKS = { 5: 1, 6: 1, 7: 2, 8: 3, 9: 5, 10: 5, 11: 6 };
  const SAME_PLACE_M = 4000;
  const CREDIT = "Natural Earth; WDBII; GeoNames (CC BY 4.0)";

  function pane(map, name, zIndex) {
    const made = map.getPane(name) || map.createPane(name);
    made.style.zIndex = zIndex;
    made.style.pointerEvents = "none";
    return made;
  }

  function draw(map, layers) {
    pane(map, "basemap", 150);
    const renderer = L.canvas({ pane: "basemap", padding: 0.5 });
    const add = (data, style) => L.geoJSON(data, {
      pane: "basemap", renderer, interactive: false, style,
    }).addTo(map);
    add(layers.countries, (feature) => ({
      stroke: false, fillOpacity: 1,
      fillColor: feature.properties.name_en === "Syria" ? COLOURS.syria : COLOURS.land,
    }));
    add(layers.lakes, { stroke: false, fillColor: COLOURS.water, fillOpacity: 1 });
    add(layers.rivers, { color: COLOURS.water, weight: 1.6 });
    add(layers.governorates, { fill: false, color: COLOURS.inner, weight: 1, dashArray: "4 4" });
    add(layers.countries, { fill: false, color: COLOURS.border, weight: 1.3 });
  }

  // Towns of the basemap and places of the gazetteer as one list, each place once.
  function candidates(towns, own) {
    const places = own.map((place) => ({ ...place, at: L.latLng(place.lat, place.lon), own: true }));
    for (const { geometry, properties } of towns.features) {
      const at = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
      const twin = places.find((place) => place.own && place.at.distanceTo(at) < SAME_PLACE_M);
      if (twin) twin.rank = Math.min(twin.rank, properties.rank);
      else places.push({ ...properties, at });
    }
    return places.sort((a, b) => a.rank - b.rank || (b.own || 0) - (a.own || 0));
  }

  function labelNode(place, className) {
    const node = document.createElement("div");
    node.className = className;
    const english = document.createElement("span");
    english.textContent = place.name_en.replace(/ \(.*\)$/, "");
    node.appendChild(english);
    if (place.name_ar) {
      const arabic = document.createElement("span");
      arabic.lang = "ar";
      arabic.dir = "rtl";
      arabic.textContent = place.name_ar;
      node.appendChild(arabic);
    }
    return node;
  }

  class Labels {
    constructor(map, places, countries) {
      this.map = map;
      this.places = places;
      this.countries = countries;
      this.pane = pane(map, "labels", 420);
      map.on("moveend zoomend resize marksdrawn", this.place, this);
      map.on("zoomstart", () => { this.pane.style.opacity = 0; });
      this.place();
    }

    place() {
      const { map } = this;
      const zoom = Math.min(map.getZoom(), 11);
      const bounds = map.getBounds().pad(0.1);
      const rank = RANKS[zoom] || 1;
      // The event layer leaves here where its marks are: [x, y, radius] in layer points.
      this.marks = map.eventMarks || [];
      const taken = this.marks.map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
      this.pane.replaceChildren();
      this.pane.style.opacity = 1;
      if (zoom <= 8) {
        this.countries.filter((country) => bounds.contains(country.at))
          .forEach((country) => this.add(country, "country-label", taken, true));
      }
      this.places
        .filter((place) => place.rank <= rank && bounds.contains(place.at))
        .forEach((place) => this.add(place, "town-label", taken, false));
    }

    add(place, className, taken, centred) {
      const point = this.map.latLngToLayerPoint(place.at);
      const node = labelNode(place, className);
      this.pane.appendChild(node);
      // Measured once: asking the browser again at each redraw makes it lay out every label anew.
      const [width, height] = (place.size ??= [node.offsetWidth, node.offsetHeight]);
      const under = this.marks.find(([x, y, r]) => Math.hypot(x - point.x, y - point.y) < r);
      const gap = under ? under[2] + 5 : 7;
      const spots = centred ? [[-width / 2, -height / 2]]
        : [[gap, -height / 2], [-width - gap, -height / 2], [-width / 2, gap], [-width / 2, -height - gap]];
      for (const [dx, dy] of spots) {
        const box = [point.x + dx, point.y + dy, point.x + dx + width, point.y + dy + height];
        if (taken.some((other) => box[0] < other[2] + 2 && box[2] > other[0] - 2 &&
            box[1] < other[3] + 1 && box[3] > other[1] - 1)) continue;
        taken.push(box);
        node.style.transform = `translate(${box[0]}px, ${box[1]}px)`;
        if (!centred && !under) this.dot(point);
        return;
      }
      node.remove();
    }

    dot(point) {
      const dot = document.createElement("div");
      dot.className = "town-dot";
      dot.style.transform = `translate(${point.x - 2}px, ${point.y - 2}px)`;
      this.pane.appendChild(dot);
    }
  }

  function note(map, text) {
    const Note = L.Control.extend({
      onAdd() {
        const node = document.createElement("div");
        node.className = "event-legend";
        node.textContent = text;
        return node;
      },
    });
    new Note({ position: "topright" }).addTo(map);
  }

  window.addBasemap = function (map, options) {
    if (map.basemapAdded) return;
    map.basemapAdded = true;
    map.getContainer().style.background = COLOURS.sea;
    map.attributionControl.addAttribution(CREDIT);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    Promise.all(LAYERS.map((name) => fetch(`${options.base}/${name}.geojson`).then((response) => {
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return response.json();
    }))).then((all) => {
      const layers = Object.fromEntries(LAYERS.map((name, i) => [name, all[i]]));
      draw(map, layers);
      const countries = layers.countries.features.map(({ properties }) => ({
        ...properties, at: L.latLng(properties.label[1], properties.label[0]),
      }));
      const labels = new Labels(map, candidates(layers.towns, options.labels || []), countries);
      map.getContainer().dataset.basemap = labels.places.length;
    }).catch((error) => note(map, options.missing.replace("{reason}", error.message)));
  };
})();
