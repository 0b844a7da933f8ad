// The last 40 seconds as a picture: a band whose colour is the readyState, and a stroke for each
// event. It is drawn only until the connection is closed, and less often if the reader prefers
// reduced motion. The colours are in the style sheet.

const SPAN = 40_000;
const SAME_STROKE = 25;
const BAND = 6;
const LABELS = 16;
const HEIGHTS = { price: 0.55, resumed: 1 };

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

export class Strip {
  #canvas;
  #states = [];
  #strokes = [];
  #drawnAt = 0;
  #stillSince = performance.now();

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    dark.addEventListener("change", () => this.#draw());
  }

  restart() {
    this.#states = [];
    this.#strokes = [];
  }

  /** The connection has become "connecting", "open" or "closed". */
  state(name) {
    const now = performance.now();
    const still = this.#stillSince !== undefined;
    if (name === "closed") {
      this.#stillSince = now;
      return;
    }
    this.#states.push({ at: now, name });
    this.#stillSince = undefined;
    if (still) requestAnimationFrame((time) => this.#tick(time));
  }

  /** An event has arrived: "price", "resumed", or any other word for an ordinary one. */
  stroke(kind) {
    const at = performance.now();
    const last = this.#strokes.at(-1);
    if (last?.kind === kind && at - last.at < SAME_STROKE) return;
    this.#strokes.push({ at, kind });
    this.#forget(at - SPAN);
  }

  #forget(before) {
    while (this.#strokes[0]?.at < before) this.#strokes.shift();
    while (this.#states[1]?.at < before) this.#states.shift();
  }

  #tick(time) {
    if (time - this.#drawnAt > (calm.matches ? 1000 : 30)) {
      this.#drawnAt = time;
      this.#draw();
    }
    if (this.#stillSince === undefined) requestAnimationFrame((next) => this.#tick(next));
    else this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const scale = devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    const context = this.#canvas.getContext("2d");
    context.scale(scale, scale);

    const now = this.#stillSince ?? performance.now();
    this.#forget(now - SPAN);
    const style = getComputedStyle(this.#canvas);
    const colour = (name) => style.getPropertyValue(`--${name}`);
    const x = (at) => width * (1 - (now - at) / SPAN);
    const floor = height - LABELS - BAND;

    context.font = `11px ${style.fontFamily}`;
    for (let ago = 10_000; ago < SPAN; ago += 10_000) {
      context.fillStyle = colour("line");
      context.fillRect(Math.round(x(now - ago)), 0, 1, floor);
      context.fillStyle = colour("quiet");
      context.textAlign = "center";
      context.fillText(`−${ago / 1000} s`, x(now - ago), height - 3);
    }
    context.textAlign = "right";
    context.fillText("now", width, height - 3);
    context.fillStyle = colour("line");
    context.fillRect(0, floor, width, BAND);
    this.#states.forEach(({ at, name }, index) => {
      const left = Math.max(0, x(at));
      const right = x(this.#states[index + 1]?.at ?? now);
      context.fillStyle = colour(name);
      context.fillRect(left, floor, right - left, BAND);
    });
    const thick = width < 420 ? 2 : 3;
    for (const { at, kind } of this.#strokes) {
      const tall = (floor - 4) * (HEIGHTS[kind] ?? 0.8);
      context.fillStyle = colour(`stroke-${kind in HEIGHTS ? kind : "message"}`);
      context.fillRect(x(at) - thick / 2, floor - 3 - tall, thick, tall);
    }
  }
}
