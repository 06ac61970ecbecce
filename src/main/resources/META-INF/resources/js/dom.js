/** The few things done to the document everywhere. Data reaches it as text only, never as markup. */
export const byId = (id) => document.getElementById(id);

/** Sets text only where it changed: unchanged nodes cost no layout and are not read out again. */
export function write(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

/** A new element. @param attributes `data-…`, `aria-…` and others by their names; those that are null are left out */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      node.setAttribute(key, value);
    }
  }
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.classList.add('icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * Gives a list one node for each item, in their order. A node stays with its item, so that focus and what was unfolded stay too.
 *
 * @param key tells items apart; @param make gives a new node for an item; @param draw brings a node up to date
 */
export function writeList(list, items, key, make, draw = () => {}) {
  const before = new Map([...list.children].map((node) => [node.dataset.key, node]));
  items.forEach((item, i) => {
    const id = String(key(item));
    let node = before.get(id);
    before.delete(id);
    if (!node) {
      node = make(item);
      node.dataset.key = id;
    }
    draw(node, item);
    if (list.children[i] !== node) {
      list.insertBefore(node, list.children[i] ?? null);
    }
  });
  before.forEach((node) => node.remove());
}

/** Writes a definition list, reusing its rows. Rows are `[term, value]`; those without a value are left out. */
export function writeFacts(list, rows) {
  const present = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  while (list.children.length > present.length) {
    list.lastElementChild.remove();
  }
  present.forEach(([term, value], i) => {
    let row = list.children[i];
    if (!row) {
      row = document.createElement('div');
      row.append(document.createElement('dt'), document.createElement('dd'));
      list.append(row);
    }
    write(row.firstElementChild, term);
    write(row.lastElementChild, value);
    row.lastElementChild.title = value;
  });
}

/**
 * A drawing that runs at most every so many milliseconds, after the last change, and never while the tab is hidden.
 * A failure is reported and does not reach the other drawings.
 */
export function paced(millis, draw, failed) {
  let waiting = false;
  let last = -Infinity;
  const run = () => {
    waiting = false;
    last = performance.now();
    try {
      draw();
    } catch (error) {
      failed(error);
    }
  };
  return () => {
    if (!waiting && !document.hidden) {
      waiting = true;
      setTimeout(() => requestAnimationFrame(run), Math.max(0, last + millis - performance.now()));
    }
  };
}

/** Puts text on the clipboard, also where the page has no secure origin, as stations in a plant have not. */
export async function copy(value) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(value);
  }
  const area = document.createElement('textarea');
  area.value = value;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
