// @ts-check
// The clock of playing: a day moves on at a speed. A reader who wants less motion sees a step each second.

const STILL_SECONDS = 1;

/**
 * The day at a time; days are fractions.
 *
 * @param {{ day: number, perSecond: number }} run where it began, and days a second
 * @param {number} seconds since it began
 * @param {boolean} still whether it moves in steps of a second only
 */
export function dayAfter({ day, perSecond }, seconds, still) {
  const passed = still ? Math.floor(seconds / STILL_SECONDS) * STILL_SECONDS : seconds;
  return day + passed * perSecond;
}

export class Player {
  /** @param {(day: number) => boolean} show shows what belongs to a day; false ends playing */
  constructor(show) {
    this.show = show;
    /** @type {{ day: number, perSecond: number, began: number } | null} */
    this.run = null;
    /** The day that was last shown, a fraction. */
    this.day = 0;
    this.frame = 0;
  }

  get isPlaying() {
    return this.run !== null;
  }

  /**
   * @param {number} day where it begins
   * @param {number} perSecond days a second
   */
  start(day, perSecond) {
    cancelAnimationFrame(this.frame);
    this.day = day;
    this.run = { day, perSecond, began: performance.now() };
    this.advance();
  }

  /** Shows the day of now, and of each frame from now on. */
  advance() {
    if (!this.run) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.day = dayAfter(this.run, (performance.now() - this.run.began) / 1000, still);
    if (this.show(this.day)) this.frame = requestAnimationFrame(() => this.advance());
    else this.run = null;
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.run = null;
  }
}
