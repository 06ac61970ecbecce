/**
 * One part to be looked at closely: its image with the heat map over it, enlarged and moved by wheel, fingers, buttons and keys. Where it stands is told in shares
 * of the frame, so that two viewers of different size show the same place.
 */
import {element, icon, write} from './dom.js';
import {partName} from './format.js';
import {text} from './texts.js';
import {picture} from './tiles.js';

const MOST = 16;
const STEP = 1.4;
const NUDGE = 0.08;
const WHOLE = Object.freeze({scale: 1, x: 0, y: 0});

export class Viewer {
  #frame = element('div', {class: 'viewer', tabindex: '0', role: 'group'});
  #note = element('p', {class: 'viewer-note'});
  #at = WHOLE;
  #pointers = new Map();
  #shown = null;
  #moved;

  /** @param host takes it in; @param moved told of each place it is moved to, by a person */
  constructor(host, moved = () => {}) {
    this.#moved = moved;
    const tool = (name, key, act) => {
      const button = element('button', {type: 'button', class: 'quiet', 'aria-label': text(`viewer.${name}`), title: text(`viewer.${name}`)}, icon(key));
      button.addEventListener('click', act);
      return button;
    };
    const tools = element('div', {class: 'viewer-tools'}, tool('in', 'plus', () => this.zoom(STEP)), tool('out', 'minus', () => this.zoom(1 / STEP)), tool('whole', 'none', () => this.whole()));
    host.append(element('div', {class: 'viewer-box'}, this.#frame, tools), this.#note);
    this.#listen();
  }

  /** @param inspection null for none */
  show(inspection) {
    if (inspection?.id === this.#shown) {
      return;
    }
    this.#shown = inspection?.id ?? null;
    const kept = Boolean(inspection?.image);
    this.#frame.replaceChildren(...(kept ? [picture(inspection.image, partName(inspection), inspection.heatMap)] : []));
    for (const image of this.#frame.querySelectorAll('img')) {
      image.draggable = false;
    }
    this.#frame.setAttribute('aria-label', inspection ? text('viewer.label', partName(inspection)) : '');
    write(this.#note, inspection && !kept ? text(inspection.images && inspection.images !== 'KEPT' ? `images.${inspection.images}` : 'images.gone') : '');
    this.#place();
  }

  /** Goes where another is. */
  follow(at) {
    this.#at = at;
    this.#place();
  }

  whole() {
    this.#go(WHOLE);
  }

  /** @param point that stays where it is, in shares of the frame from its middle */
  zoom(factor, point = {x: 0, y: 0}) {
    const scale = Math.min(MOST, Math.max(1, this.#at.scale * factor));
    const by = scale / this.#at.scale;
    this.#go({scale, x: point.x - by * (point.x - this.#at.x), y: point.y - by * (point.y - this.#at.y)});
  }

  #go({scale, x, y}) {
    const most = (scale - 1) / 2;
    this.#at = {scale, x: Math.min(most, Math.max(-most, x)), y: Math.min(most, Math.max(-most, y))};
    this.#place();
    this.#moved(this.#at);
  }

  #place() {
    const {scale, x, y} = this.#at;
    this.#frame.style.setProperty('--zoom', `translate(${100 * x}%, ${100 * y}%) scale(${scale})`);
  }

  #listen() {
    const frame = this.#frame;
    frame.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, this.#share(event));
    }, {passive: false});
    frame.addEventListener('pointerdown', (event) => {
      frame.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, this.#share(event));
    });
    frame.addEventListener('pointermove', (event) => this.#pointers.has(event.pointerId) && this.#drag(event));
    for (const end of ['pointerup', 'pointercancel']) {
      frame.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
    }
    frame.addEventListener('dblclick', () => this.whole());
    const keys = {'+': () => this.zoom(STEP), '=': () => this.zoom(STEP), '-': () => this.zoom(1 / STEP), '0': () => this.whole(),
      ArrowLeft: () => this.#nudge(NUDGE, 0), ArrowRight: () => this.#nudge(-NUDGE, 0), ArrowUp: () => this.#nudge(0, NUDGE), ArrowDown: () => this.#nudge(0, -NUDGE)};
    frame.addEventListener('keydown', (event) => {
      if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey && (this.#at.scale > 1 || !event.key.startsWith('Arrow'))) {
        event.preventDefault();
        event.stopPropagation();
        keys[event.key]();
      }
    });
  }

  #nudge(x, y) {
    this.#go({scale: this.#at.scale, x: this.#at.x + x, y: this.#at.y + y});
  }

  /** One finger moves, two enlarge about their middle. */
  #drag(event) {
    const before = this.#pointers.get(event.pointerId);
    const now = this.#share(event);
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.#pointers.set(event.pointerId, now);
    if (others.length === 0) {
      this.#nudge(now.x - before.x, now.y - before.y);
      return;
    }
    const [other] = others;
    const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1e-6;
    this.zoom(apart(now, other) / apart(before, other), {x: (now.x + other.x) / 2, y: (now.y + other.y) / 2});
  }

  /** Where an event is, in shares of the frame from its middle. */
  #share({clientX, clientY}) {
    const {left, top, width, height} = this.#frame.getBoundingClientRect();
    return {x: (clientX - left) / width - 0.5, y: (clientY - top) / height - 0.5};
  }
}
