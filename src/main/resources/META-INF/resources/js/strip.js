/**
 * The strip of recent parts. Its nodes follow their part as it moves along and are used again for new ones; thumbnails are
 * drawn small, one at a time, newest first, so that hundreds of camera images are never held decoded.
 */
import {byId, write} from './dom.js';
import {clock, partName} from './format.js';
import {text, verdictWord} from './texts.js';

const THUMBNAIL_PX = 144;
const SWIPED = 24;
const MOST = 60;

export class Strip {
  #list = byId('strip');
  #nodes = new Map();
  #items = [];
  #drawing = false;
  #onSelect;

  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#list.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      const inspection = button && this.#items.find((item) => item.id === button.dataset.id);
      if (inspection) {
        this.#onSelect(inspection);
      }
    });
  }

  /** @param shownId the part on the stage */
  draw(inspections, shownId, now) {
    const measured = this.#list.children.length > 1;
    this.#items = inspections.slice(0, this.#fitting());
    const present = new Set(this.#items.map((item) => item.id));
    const free = [...this.#nodes].filter(([id]) => !present.has(id));
    this.#items.forEach((item, i) => {
      let node = this.#nodes.get(item.id);
      if (!node) {
        const [oldId, old] = free.pop() ?? [null, null];
        this.#nodes.delete(oldId);
        node = old ?? slot();
        this.#nodes.set(item.id, node);
        label(node, item, now);
      }
      node.firstElementChild.setAttribute('aria-current', String(item.id === shownId));
      if (this.#list.children[i] !== node) {
        this.#list.insertBefore(node, this.#list.children[i] ?? null);
      }
    });
    for (const [id, node] of free) {
      this.#nodes.delete(id);
      node.remove();
    }
    if (!measured && this.#items.length > 1) {
      this.draw(inspections, shownId, now);
      return;
    }
    this.#drawThumbnails();
  }

  /** Keeps the part on the stage in view where the strip scrolls. */
  reveal(id) {
    this.#nodes.get(id)?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }

  /** As many as are seen whole; where the strip scrolls, on small screens, some more to swipe to. */
  #fitting() {
    if (getComputedStyle(this.#list).overflowX !== 'hidden') {
      return SWIPED;
    }
    const [first, second] = this.#list.children;
    const pitch = second ? second.offsetLeft - first.offsetLeft : this.#list.clientWidth / 2;
    return Math.max(2, Math.min(MOST, Math.floor((this.#list.clientWidth + 1) / Math.max(pitch, 1))));
  }

  async #drawThumbnails() {
    if (this.#drawing) {
      return;
    }
    this.#drawing = true;
    const next = () => !document.hidden && this.#items.find((item) => this.#nodes.get(item.id)?.dataset.thumbnail === 'none');
    for (let item = next(); item; item = next()) {
      const node = this.#nodes.get(item.id);
      node.dataset.thumbnail = 'loading';
      const drawn = await drawThumbnail(node.querySelector('canvas'), item.image, () => node.firstElementChild.dataset.id === item.id);
      if (node.firstElementChild.dataset.id === item.id) {
        node.dataset.thumbnail = drawn ? 'drawn' : 'missing';
      }
    }
    this.#drawing = false;
  }
}

async function drawThumbnail(canvas, url, stillWanted) {
  try {
    const response = await fetch(url, {signal: AbortSignal.timeout(5_000)});
    if (!response.ok) {
      return false;
    }
    const image = await createImageBitmap(await response.blob());
    if (stillWanted()) {
      const share = Math.max(canvas.width / image.width, canvas.height / image.height);
      const [width, height] = [image.width * share, image.height * share];
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    }
    image.close();
    return true;
  } catch {
    return false;
  }
}

function slot() {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const canvas = document.createElement('canvas');
  const tag = document.createElement('span');
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  button.type = 'button';
  canvas.width = canvas.height = THUMBNAIL_PX;
  tag.className = 'tag';
  icon.classList.add('icon');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
  tag.append(icon, document.createElement('span'));
  button.append(canvas, tag);
  item.append(button);
  item.dataset.testid = 'recent-item';
  return item;
}

function label(node, item, now) {
  const button = node.firstElementChild;
  const canvas = node.querySelector('canvas');
  canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
  node.dataset.thumbnail = 'none';
  node.dataset.verdict = item.verdict;
  node.dataset.reason = item.reason?.code ?? '';
  button.dataset.id = item.id;
  button.title = text('strip.item', verdictWord(item.verdict), partName(item), clock(item.capturedAt, now));
  button.setAttribute('aria-label', button.title);
  node.querySelector('use').setAttribute('href', `/icons.svg#${item.verdict.toLowerCase()}`);
  write(node.querySelector('.tag span'), item.verdict === 'UNJUDGED' ? '' : verdictWord(item.verdict));
}
