"""The elements of the timeline, which its script fills (frontend/timeline/timeline.js)."""

from dashboard.model.event import Attestation

_KEY = "".join(f'<span><i class="{kind.value}"></i><b></b></span>' for kind in Attestation)
_BACK, _START, _PAUSE, _NEXT = (
    f'<svg class="{name}" viewBox="0 0 12 12" aria-hidden="true"><path d="{path}"/></svg>'
    for name, path in (
        ("backward", "M1 1h2v10H1zM11 1v10L4 6z"),
        ("start", "M2 1l9 5-9 5z"),
        ("pause", "M2 1h3v10H2zM7 1h3v10H7z"),
        ("forward", "M9 1h2v10H9zM1 1l7 5-7 5z"),
    )
)
TIMELINE_HTML = f"""<div class="timeline"><div class="bar">
  <button type="button" class="back">{_BACK}</button>
  <button type="button" class="play">{_START}{_PAUSE}</button>
  <button type="button" class="next">{_NEXT}</button>
  <button type="button" class="all"></button>
  <span class="dates" aria-live="polite"></span><span class="key">{_KEY}</span>
</div><div class="chart"></div><div class="tip" aria-hidden="true" hidden></div></div>"""
