/**
 * The part, large, with its heat map laid exactly over it.
 *
 * Photo and heat map are loaded out of sight and put in place together with the verdict they belong to, so that a verdict never
 * stands beside another part's image. Two pairs of image elements take turns; while one loads, only the newest wish is kept, so
 * a line faster than the network skips frames instead of queueing them.
 */
import {byId, write} from './dom.js';
import {partName} from './format.js';
import {text} from './texts.js';

const PATIENCE_MILLIS = 1_500;
const LOADING_LIMIT_MILLIS = 15_000;
/** An image that could not be had is asked for again: the connection may be back. */
const AGAIN_MILLIS = 5_000;
const REMEMBERED = 'kerf.heat';

const after = (millis, value) => new Promise((resolve) => setTimeout(resolve, millis, value));

export class Stage {
  #stage = byId('stage');
  #note = byId('stage-note');
  #toggle = byId('heat-toggle');
  #slider = byId('heat-opacity');
  #spare = picture();
  #shown = picture();
  #wanted = null;
  #current = null;
  #busy = false;
  #missedAt = null;
  #onShown;
  #heat = {on: true, opacity: 65};

  /** @param onShown called with the inspection whose image now stands, or would stand if it could be had */
  constructor(onShown) {
    this.#onShown = onShown;
    this.#note.textContent = text('stage.none');
    try {
      Object.assign(this.#heat, JSON.parse(localStorage.getItem(REMEMBERED)));
    } catch {
      // Nothing remembered, or nothing may be.
    }
    this.#toggle.addEventListener('click', () => this.toggleHeat());
    this.#slider.addEventListener('input', () => this.#setHeat({on: true, opacity: Number(this.#slider.value)}));
    this.#setHeat({});
  }

  toggleHeat() {
    this.#setHeat({on: !this.#heat.on});
  }

  show(inspection) {
    this.#wanted = inspection;
    if (!this.#busy && this.#missedAt !== null && performance.now() - this.#missedAt > AGAIN_MILLIS) {
      this.#current = null;
    }
    if (!this.#busy && inspection.id !== this.#current?.id) {
      this.#work();
    }
  }

  async #work() {
    this.#busy = true;
    try {
      while (this.#wanted.id !== this.#current?.id) {
        await this.#present(this.#wanted);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #present(inspection) {
    const next = this.#spare;
    const loading = next.load(inspection);
    let outcome = await Promise.race([loading, after(PATIENCE_MILLIS, 'slow')]);
    this.#current = inspection;
    if (outcome === 'slow') {
      this.#place(null, 'loading');
      this.#onShown(inspection);
      outcome = await Promise.race([loading, after(LOADING_LIMIT_MILLIS, 'missing')]);
    }
    this.#missedAt = outcome === 'shown' ? null : performance.now();
    if (outcome === 'shown') {
      this.#spare = this.#shown;
      this.#shown = next;
      this.#place(next, outcome);
    } else {
      this.#place(null, 'missing');
    }
    this.#onShown(inspection);
  }

  #place(picture, state) {
    this.#stage.querySelector('.picture')?.remove();
    if (picture) {
      this.#stage.prepend(picture.frame);
    }
    this.#note.hidden = picture !== null;
    write(this.#note, picture ? '' : text(`stage.${state}`));
  }

  #setHeat(change) {
    Object.assign(this.#heat, change);
    const {on, opacity} = this.#heat;
    this.#stage.dataset.heat = on ? 'on' : 'off';
    this.#stage.style.setProperty('--heat-opacity', opacity / 100);
    this.#toggle.setAttribute('aria-pressed', String(on));
    this.#slider.value = opacity;
    write(byId('heat-value'), `${opacity} %`);
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify(this.#heat));
    } catch {
      // It holds until the page is loaded again.
    }
  }
}

function picture() {
  const frame = document.createElement('div');
  const photo = document.createElement('img');
  const heat = document.createElement('img');
  frame.className = 'picture';
  photo.className = 'photo';
  heat.className = 'heat';
  heat.dataset.testid = 'heat-map';
  frame.append(photo, heat);
  const fetched = (image, url, alt) => {
    image.alt = alt;
    image.src = url;
    return image.decode().then(() => true, () => false);
  };
  return {
    frame,
    async load(inspection) {
      heat.hidden = !inspection.heatMap;
      const [seen, heated] = await Promise.all([
        fetched(photo, inspection.image, text('photo.alt', partName(inspection))),
        inspection.heatMap ? fetched(heat, inspection.heatMap, text('heat.alt')) : false,
      ]);
      heat.hidden = !heated;
      if (seen) {
        frame.style.setProperty('--ratio', photo.naturalWidth / photo.naturalHeight);
      }
      return seen ? 'shown' : 'missing';
    },
  };
}
