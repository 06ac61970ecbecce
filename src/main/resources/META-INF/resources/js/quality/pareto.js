/**
 * Where NG parts are odd, by ninths of the image. Read here from their heat maps, which never change and are kept by the browser, so that the station serves each of
 * them once and computes nothing.
 */
import * as api from '../api.js';
import {byId, element, write} from '../dom.js';
import {percent, whole} from '../format.js';
import {text} from '../texts.js';

const MOST = 100;
const SIDE = 3;
/** Pixels a side that a heat map is looked at in. */
const LOOK_PX = 48;

export class Pareto {
  /** Region of each part that was looked at; null where its heat map could not be had. */
  #known = new Map();
  #looking = false;

  /** Goes on beside whatever the page does; one round at a time. */
  async refresh(recipe, from) {
    if (this.#looking) {
      return;
    }
    this.#looking = true;
    try {
      await this.#look(recipe, from);
    } finally {
      this.#looking = false;
    }
  }

  async #look(recipe, from) {
    const {items} = await api.search(new URLSearchParams({recipe, from, verdict: 'NG'}), null, MOST);
    const maps = items.filter(({heatMap}) => heatMap);
    for (const {id, heatMap} of maps) {
      if (!this.#known.has(id)) {
        this.#known.set(id, await region(heatMap));
      }
    }
    const present = new Set(maps.map(({id}) => id));
    this.#known.forEach((_, id) => present.has(id) || this.#known.delete(id));
    draw([...this.#known.values()].filter((one) => one !== null));
  }
}

/** The ninth, 0…8 row by row, in which a heat map is most opaque; null where it cannot be had. */
async function region(address) {
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(LOOK_PX, LOOK_PX);
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.drawImage(image, 0, 0, LOOK_PX, LOOK_PX);
    const {data} = context.getImageData(0, 0, LOOK_PX, LOOK_PX);
    return ninth(strongest(data));
  } catch {
    return null;
  }
}

function strongest(data) {
  let best = 0;
  for (let i = 1; i < data.length / 4; i++) {
    if (data[4 * i + 3] > data[4 * best + 3]) {
      best = i;
    }
  }
  return best;
}

const ninth = (i) => SIDE * Math.floor((SIDE * Math.floor(i / LOOK_PX)) / LOOK_PX) + Math.floor((SIDE * (i % LOOK_PX)) / LOOK_PX);

function draw(regions) {
  const counts = Array.from({length: SIDE * SIDE}, (_, i) => regions.filter((one) => one === i).length);
  const most = Math.max(1, ...counts);
  write(byId('pareto-what'), text(regions.length === 0 ? 'quality.paretoNone' : 'quality.paretoWhat', whole(regions.length)));
  byId('regions').hidden = byId('pareto').hidden = regions.length === 0;
  byId('regions').replaceChildren(...counts.map((count) => {
    const cell = element('span', {}, whole(count));
    cell.style.setProperty('--share', count / most);
    return cell;
  }));
  const rows = counts.map((count, i) => [i, count]).filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  byId('pareto').replaceChildren(
    element('thead', {}, element('tr', {}, ...['region', 'paretoCount', 'paretoShare'].map((name) => element('th', {scope: 'col'}, text(`quality.${name}`))))),
    element('tbody', {}, ...rows.map(([i, count]) => element('tr', {}, element('th', {scope: 'row'}, text(`region.${i}`)), element('td', {}, whole(count)), element('td', {}, percent(count / regions.length, 0))))));
}
