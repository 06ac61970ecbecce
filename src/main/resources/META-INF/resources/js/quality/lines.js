/** Lines over time, each with its own dashes beside its colour, what stands under the pointer in the legend, and the same as a table for whoever does not see it. */
import {Chart} from '../charts.js';
import {byId, element, write} from '../dom.js';
import {clock} from '../format.js';
import {LOCALE, text} from '../texts.js';

const HOUR = new Intl.DateTimeFormat(LOCALE, {hour: '2-digit', minute: '2-digit'});
const DAY = new Intl.DateTimeFormat(LOCALE, {day: 'numeric', month: 'short'});
const FIGURES = new Intl.NumberFormat(LOCALE, {maximumSignificantDigits: 4});
const A_DAY = 86_400;

export class Lines extends Chart {
  #key;
  #format;
  #series;
  #from;
  #wide;
  #points = [];
  #now = 0;
  #values = [];
  #span = null;

  /**
   * @param format of a value; @param series `{name, colour, width, dash, value}`; @param from where the axis begins, the least value where absent
   * @param wide whether values lie so far apart that the axis must be that of their powers
   */
  constructor(key, format, series, {from = null, wide = false} = {}) {
    super(byId(`${key}-plot`));
    this.#key = key;
    this.#format = format;
    this.#series = series;
    this.#from = from;
    this.#wide = wide;
    this.#legend();
    byId(`${key}-table`).closest('details').addEventListener('toggle', () => this.#table());
  }

  /** @param points oldest first, each with `from`; `none` where there is nothing. @param span `[from, until]` of the time axis, whatever there is of it to show */
  draw(points, now, span) {
    this.#points = points;
    this.#span = span.map((time) => Date.parse(time) / 1000);
    this.#now = now;
    this.#values = this.#series.map(({value}) => points.map((point) => (point.none ? null : value(point))));
    this.host.hidden = points.length === 0;
    this.setData([points.map(({from}) => Date.parse(from) / 1000), ...this.#values]);
    this.#table();
  }

  options() {
    return {
      scales: {x: {time: true, range: () => this.#span}, y: {distr: this.#wide ? 4 : 1, range: (u, min, max) => this.#range(min, max)}},
      axes: [
        this.axis({space: 90, grid: {show: false}, values: (u, at) => this.#times(at)}),
        this.axis({space: 34, size: this.unit * 3.6, ...(this.#wide ? {splits: (u) => marks(u.scales.y.min, u.scales.y.max), filter: (u, at) => at} : {}), values: (u, at) => at.map((value) => (value === null ? '' : this.#wide ? FIGURES.format(value) : this.#format(value)))}),
      ],
      series: [{}, ...this.#series.map(({colour, width, dash}) => ({stroke: () => this.colours[colour], width, dash, points: {size: 5}}))],
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 7}},
      hooks: {setCursor: [(u) => this.#readOut(u.cursor.idx)]},
    };
  }

  #range(min, max) {
    if (this.#wide) {
      return [Math.min(0, 1.3 * (min ?? 0)), 1.3 * (max ?? 1)];
    }
    const low = this.#from ?? min ?? 0;
    const high = max ?? 1;
    const room = 0.08 * (high - low) || Math.abs(high) || 1;
    return [this.#from ?? low - room, high + room];
  }

  #times(at) {
    const days = at.length > 1 && at[at.length - 1] - at[0] > 1.5 * A_DAY;
    return at.map((seconds) => (days ? `${DAY.format(1000 * seconds)} ${HOUR.format(1000 * seconds)}` : HOUR.format(1000 * seconds)));
  }

  #legend() {
    byId(`${this.#key}-legend`).append(...this.#series.map(({name, colour, dash}) => {
      const key = element('span', {class: 'key-line'}, element('i', {'data-dash': dash ? (dash[0] > 4 ? 'dashed' : 'dotted') : 'solid'}), name, ' ', element('b'));
      key.style.setProperty('--key', `var(--${colour})`);
      return key;
    }));
  }

  #readOut(index) {
    [...byId(`${this.#key}-legend`).children].forEach((key, i) => {
      const value = index === null || index === undefined ? null : this.#values[i]?.[index] ?? null;
      write(key.querySelector('b'), value === null ? '' : this.#format(value));
    });
  }

  /** Only while it is unfolded: it has some hundred rows. */
  #table() {
    const table = byId(`${this.#key}-table`);
    if (!table.closest('details').open) {
      return;
    }
    const rows = this.#points.map((point, i) => [point, i]).filter(([point]) => !point.none).reverse();
    table.replaceChildren(
      element('thead', {}, element('tr', {}, element('th', {scope: 'col'}, text('quality.time')), ...this.#series.map(({name}) => element('th', {scope: 'col'}, name)))),
      element('tbody', {}, ...rows.map(([point, i]) => element('tr', {}, element('th', {scope: 'row'}, clock(point.from, this.#now)),
        ...this.#values.map((values) => element('td', {}, this.#format(values[i])))))));
  }
}

/** 1, 3, 10, 30 … to both sides of nothing, as far as they are on the axis. */
function marks(min, max) {
  const powers = Array.from({length: 16}, (_, i) => 10 ** Math.floor(i / 2) * (i % 2 === 0 ? 1 : 3));
  return [...powers.map((value) => -value).reverse(), 0, ...powers].filter((value) => value >= min && value <= max);
}
