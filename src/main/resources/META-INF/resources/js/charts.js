/** The two charts: scores against the threshold, and the training curve. Drawn by uPlot, whose absence costs the charts only. */
import {byId, write} from './dom.js';
import {clock, duration, percent, score} from './format.js';
import {LOCALE, text, verdictWord} from './texts.js';

const CURVE_POINTS = 400;
/** Scores further above the threshold than this many times the spread below it are drawn at the upper edge. */
const HEADROOM = 1.6;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Chart {
  #plot = null;

  constructor(host) {
    this.host = host;
    new ResizeObserver(() => this.#resize()).observe(host);
    addEventListener('kerf-theme', () => {
      this.palette = null;
      this.#plot?.redraw(false, true);
    });
  }

  get colours() {
    this.palette ??= Object.fromEntries(['ok', 'ng', 'unjudged', 'accent', 'text', 'muted', 'line'].map((name) => [name, colour(`--${name}`)]));
    return this.palette;
  }

  get unit() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** Index of the point under the pointer, or null. */
  get cursorIndex() {
    return this.#plot?.cursor.idx ?? null;
  }

  setData(data) {
    this.data = data;
    if (this.#plot) {
      this.#plot.setData(data);
    } else {
      this.#resize();
    }
  }

  #resize() {
    const size = {width: this.host.clientWidth, height: this.host.clientHeight};
    if (!window.uPlot || !this.data || size.width < 40 || size.height < 40) {
      return;
    }
    if (this.#plot && this.fontPx === this.unit) {
      this.#plot.setSize(size);
      return;
    }
    this.#plot?.destroy();
    this.fontPx = this.unit;
    this.#plot = new window.uPlot({...size, legend: {show: false}, ...this.options()}, this.data, this.host);
  }

  axis(more) {
    const px = Math.max(11, Math.round(this.unit * 0.72));
    return {
      stroke: () => this.colours.muted,
      font: `${px}px system-ui, sans-serif`,
      grid: {stroke: () => this.colours.line, width: 1},
      ticks: {show: false},
      gap: 4,
      size: px * 1.8,
      ...more,
    };
  }
}

export class ScoreChart extends Chart {
  #items = [];
  #now = 0;
  #onSelect;

  constructor(onSelect) {
    super(byId('scores'));
    this.#onSelect = onSelect;
    this.host.addEventListener('click', () => this.#hovered && this.#onSelect(this.#hovered));
  }

  #hovered = null;

  /** @param inspections newest first */
  draw(inspections, now) {
    this.#items = [...inspections].reverse();
    this.#now = now;
    this.setData([this.#items.map((_, i) => i), this.#items.map((item) => item.score), this.#items.map((item) => item.threshold)]);
    this.#readOut(this.cursorIndex);
  }

  options() {
    return {
      scales: {x: {time: false, range: (u, min, max) => [min - 1, max + 1]}, y: {range: () => this.#range()}},
      axes: [
        this.axis({space: 80, incrs: [1, 2, 5, 10, 20, 50, 100], grid: {show: false}, values: (u, at) => at.map((i) => (this.#items[i] ? clock(this.#items[i].capturedAt, this.#now) : ''))}),
        this.axis({space: 34, size: this.unit * 2.8, values: (u, at) => at.map((value) => value.toLocaleString(LOCALE, {maximumSignificantDigits: 4}))}),
      ],
      series: [{}, {paths: () => null, points: {show: false}}, {stroke: () => this.colours.text, width: 2, dash: [8, 5], spanGaps: true, points: {show: false}}],
      cursor: {y: false, drag: {x: false, y: false}, points: {show: false}},
      hooks: {draw: [(u) => this.#marks(u)], setCursor: [(u) => this.#readOut(u.cursor.idx)]},
    };
  }

  #range() {
    const judged = this.#items.filter((item) => item.score !== null);
    if (judged.length === 0) {
      return [0, 1];
    }
    const low = Math.min(...judged.map((item) => Math.min(item.score, item.threshold)));
    const threshold = Math.max(...judged.map((item) => item.threshold));
    const spread = threshold - low || Math.abs(threshold) || 1;
    const high = Math.min(threshold + HEADROOM * spread, Math.max(threshold + 0.4 * spread, ...judged.map((item) => item.score)));
    return [low - 0.14 * (high - low), high + 0.06 * (high - low)];
  }

  /** A dot for OK, a cross for NG, an open triangle at the foot for UNJUDGED, an arrow at the top for what is off the scale. */
  #marks(u) {
    const {ctx, bbox} = u;
    const r = Math.max(2.5, this.unit * 0.17) * devicePixelRatio;
    const {ok, ng, unjudged} = this.colours;
    ctx.save();
    ctx.setLineDash([]);
    ctx.lineWidth = r * 0.7;
    this.#items.forEach((item, i) => {
      const x = u.valToPos(i, 'x', true);
      const y = item.score === null ? bbox.top + bbox.height - r * 1.6 : u.valToPos(item.score, 'y', true);
      ctx.beginPath();
      ctx.strokeStyle = ctx.fillStyle = {OK: ok, NG: ng, UNJUDGED: unjudged}[item.verdict];
      if (item.verdict === 'OK') {
        ctx.arc(x, y, r, 0, 2 * Math.PI);
        ctx.fill();
      } else if (item.verdict === 'UNJUDGED') {
        trace(ctx, x, y, r * 1.3, [[0, -1], [1, 0.9], [-1, 0.9], [0, -1]]);
      } else if (y < bbox.top + r) {
        trace(ctx, x, bbox.top + 1.6 * r, r * 1.5, [[-0.8, 0.2], [0, -0.8], [0.8, 0.2]], [[0, -0.8], [0, 1]]);
      } else {
        trace(ctx, x, y, r * 1.2, [[-1, -1], [1, 1]], [[-1, 1], [1, -1]]);
      }
    });
    ctx.restore();
  }

  #readOut(index) {
    const judged = this.#items.some((item) => item.score !== null);
    this.#hovered = index === null || index === undefined ? null : this.#items[index] ?? null;
    const item = this.#hovered;
    write(byId('scores-readout'), item ? text('scores.readout', clock(item.capturedAt, this.#now), item.score === null ? verdictWord(item.verdict) : `${verdictWord(item.verdict)} ${score(item.score)}`) : judged ? '' : text('scores.none'));
  }
}

export class CurveChart extends Chart {
  constructor() {
    super(byId('curve'));
  }

  draw(curve) {
    const stride = Math.ceil(curve.length / CURVE_POINTS) || 1;
    const points = curve.filter((_, i) => i % stride === 0 || i === curve.length - 1);
    this.setData([points.map((p) => p.elapsedSeconds), points.map((p) => p.loss), points.map((p) => p.accuracy)]);
  }

  options() {
    return {
      scales: {x: {time: false}, loss: {range: (u, min, max) => [0, Math.max(0.1, (max ?? 1) * 1.05)]}, accuracy: {range: () => [0, 1]}},
      axes: [
        this.axis({space: 70, grid: {show: false}, values: (u, at) => at.map((s) => duration(s))}),
        this.axis({scale: 'loss', space: 30, size: this.unit * 2.2}),
        this.axis({scale: 'accuracy', side: 1, space: 30, size: this.unit * 3.3, grid: {show: false}, values: (u, at) => at.map((share) => percent(share, 0))}),
      ],
      series: [
        {},
        {scale: 'loss', stroke: () => this.colours.muted, width: 2, dash: [6, 4], points: {show: false}},
        {scale: 'accuracy', stroke: () => this.colours.accent, width: 2.5, points: {show: false}},
      ],
      cursor: {show: false},
    };
  }
}

function trace(ctx, x, y, r, ...lines) {
  for (const [[startX, startY], ...rest] of lines) {
    ctx.moveTo(x + r * startX, y + r * startY);
    rest.forEach(([dx, dy]) => ctx.lineTo(x + r * dx, y + r * dy));
  }
  ctx.stroke();
}
