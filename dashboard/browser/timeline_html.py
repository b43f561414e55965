"""The elements of the timeline, which its script fills (frontend/timeline/timeline.js)."""

from dashboard.model.event import Attestation

_KEY = "".join(f'<span><i class="{kind.value}"></i><b></b></span>' for kind in Attestation)
_RESTART, _BACK, _START, _PAUSE, _NEXT, _SETTINGS, _ALL = (
    f'<svg class="{name}" viewBox="0 0 12 12" aria-hidden="true"><path d="{path}"/></svg>'
    for name, path in (
        ("restart", "M1 1h2v10H1zM7 1v10L3 6zM12 1v10L7.500 6z"),
        ("backward", "M1 1h2v10H1zM11 1v10L4 6z"),
        ("start", "M2 1l9 5-9 5z"),
        ("pause", "M2 1h3v10H2zM7 1h3v10H7z"),
        ("forward", "M9 1h2v10H9zM1 1l7 5-7 5z"),
        # Two lines with a knob on each.
        ("sliders", "M0 2.500h12v1H0zM0 8.500h12v1H0zM2 1h2.500v4H2zM7.500 7h2.500v4H7.500z"),
        # An arrow to both ends.
        ("ends", "M0 1h1.200v10H0zM10.800 1h1.200v10h-1.200zM2 6l3-3v2.200h2V3l3 3-3 3V6.800H5V9z"),
    )
)
TIMELINE_HTML = f"""<div class="timeline"><div class="bar">
  <button type="button" class="restart">{_RESTART}</button>
  <button type="button" class="back">{_BACK}</button>
  <button type="button" class="play">{_START}{_PAUSE}</button>
  <button type="button" class="next">{_NEXT}</button>
  <button type="button" class="settings" aria-expanded="false">{_SETTINGS}</button>
  <button type="button" class="all">{_ALL}</button>
  <span class="now"><span class="dates"></span>
    <span class="counts"><b class="sure"></b><span class="maybe"></span></span></span>
  <span class="key">{_KEY}</span>
</div><div class="options" role="group" hidden>
  <label><span></span><select class="speed"></select></label>
  <label><span></span><select class="span"></select></label>
</div><div class="status" role="status"></div><div class="chart"></div>
<div class="tip" aria-hidden="true" hidden></div></div>"""
