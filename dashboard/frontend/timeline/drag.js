// @ts-check
// A drag from the press of the pointer to its release; Escape ends it without effect.

const MIN_DISTANCE = 3; // pixels; a press that moves less is a click

/**
 * @param {number} startX where the pointer was pressed
 * @param {(event: PointerEvent) => number} toX
 * @param {(x: number) => void} onMove
 * @param {(moved: boolean, accepted: boolean) => void} onEnd
 */
export function followDrag(startX, toX, onMove, onEnd) {
  const listening = new AbortController();
  const { signal } = listening;
  let moved = false;
  /** @param {boolean} accepted */
  const end = (accepted) => { listening.abort(); onEnd(moved, accepted); };
  window.addEventListener("pointermove", (event) => {
    const x = toX(event);
    if (!moved && Math.abs(x - startX) < MIN_DISTANCE) return;
    moved = true;
    onMove(x);
  }, { signal });
  window.addEventListener("pointerup", () => end(true), { signal });
  window.addEventListener("pointercancel", () => end(false), { signal });
  window.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); }, { signal });
}
