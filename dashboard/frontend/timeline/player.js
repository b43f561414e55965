// @ts-check
// The clock of playing: a window moves on by its length every STEP_MS.

const STEP_MS = 1200;

export class Player {
  /** @param {(from: number, length: number) => boolean} show shows a window; false ends playing */
  constructor(show) {
    this.show = show;
    /** @type {{ from: number, length: number, began: number } | null} */
    this.run = null;
    this.frame = 0;
  }

  get isPlaying() {
    return this.run !== null;
  }

  /**
   * @param {number} from first day of the window
   * @param {number} length days
   */
  start(from, length) {
    this.run = { from, length, began: performance.now() };
  }

  /** Shows the window of now, and of each frame from now on. */
  advance() {
    if (!this.run) return;
    const { from, length, began } = this.run;
    const days = Math.floor(((performance.now() - began) / STEP_MS) * length);
    if (this.show(from + days, length)) this.frame = requestAnimationFrame(() => this.advance());
    else this.run = null;
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.run = null;
  }
}
