/** The few things done to the document everywhere. Data reaches it as text only, never as markup. */
export const byId = (id) => document.getElementById(id);

/** Sets text only where it changed: unchanged nodes cost no layout and are not read out again. */
export function write(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
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
