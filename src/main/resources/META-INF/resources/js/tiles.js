/** Pictures of parts in a grid: loaded when they come into view, with the heat map over them where there is one. */
import {element, icon, write} from './dom.js';
import {text} from './texts.js';

/** @param name of the part, for who does not see the picture; @param heatMap address, or null */
export function picture(image, name, heatMap = null) {
  const photo = element('img', {loading: 'lazy', decoding: 'async', src: image, alt: text('photo.alt', name)});
  const frame = element('div', {class: 'picture'}, photo);
  photo.addEventListener('load', () => frame.style.setProperty('--ratio', photo.naturalWidth / photo.naturalHeight));
  photo.addEventListener('error', () => frame.replaceChildren(element('p', {class: 'gone'}, text('tile.gone'))));
  if (heatMap) {
    const heat = element('img', {class: 'heat', loading: 'lazy', decoding: 'async', src: heatMap, alt: text('heat.alt')});
    heat.addEventListener('error', () => heat.remove());
    frame.append(heat);
  }
  return element('div', {class: 'tile-frame'}, frame);
}

/** A verdict with its shape. */
export function mark(verdict, words) {
  return element('span', {class: 'mark-line', 'data-verdict': verdict}, icon(verdict.toLowerCase()), element('span', {}, words));
}

/** A button that acts once and is out of reach meanwhile. @param act awaited */
export function button(words, testid, act) {
  const node = element('button', {type: 'button', 'data-testid': testid}, words);
  node.addEventListener('click', async () => {
    node.disabled = true;
    await act();
    node.disabled = false;
  });
  return node;
}

/** The line of a tile that changes with time. */
export function note(node, words) {
  write(node.querySelector('.note'), words);
}
