/** Sources, outputs and recipes with how each does; a card is there where the station has such a list. */
import * as api from '../api.js';
import {byId, element, icon, write, writeList} from '../dom.js';
import {clock, shortDigest, whole} from '../format.js';
import {named, text} from '../texts.js';

const SIGNS = {STARTING: 'none', WORKS: 'ok', FAILS: 'ng'};

export class Lists {
  #ask;
  #done;

  /** @param ask the dialog; @param done called after a change */
  constructor(ask, done) {
    this.#ask = ask;
    this.#done = done;
  }

  /** @param lists each null where the station does not have it */
  draw({sources, outputs, recipes}, now) {
    conditions('sources', sources, ({frames, judged, dropped}) => text('sources.figures', whole(frames), whole(judged), whole(dropped)), now);
    conditions('outputs', outputs, ({told, delivered, waiting, lost}) => text('outputs.figures', whole(told), whole(delivered), whole(waiting), whole(lost)), now);
    byId('outputs-none').hidden = outputs === null || outputs.length > 0;
    byId('recipes-card').hidden = recipes === null;
    writeList(byId('recipes'), recipes ?? [], ({name}) => name, (one) => this.#recipe(one), drawRecipe);
  }

  #recipe({name}) {
    const use = element('button', {type: 'button', 'data-testid': 'use-recipe', 'aria-label': text('recipes.useTitle', name)}, text('recipes.use'));
    use.addEventListener('click', () => this.#ask.open({title: text('recipes.useTitle', name), words: text('recipes.useWords'), go: text('recipes.use')}, async ({by}) => {
      await api.useRecipe(name, by);
      this.#done();
    }));
    return element('li', {'data-testid': 'recipe', 'data-name': name}, element('div', {class: 'row'}, element('b', {}), element('span', {class: 'state'}), use), element('p', {class: 'muted'}), element('p', {class: 'words'}));
  }
}

function drawRecipe(node, {name, title, number, inUse, model, conditions}) {
  write(node.querySelector('b'), title && title !== name ? `${title} (${name})` : name);
  write(node.querySelector('.state'), inUse ? text('recipes.inUse') : '');
  node.dataset.state = inUse ? 'IN_USE' : '';
  node.querySelector('button').hidden = Boolean(inUse);
  write(node.querySelector('.muted'), [number ? `#${number}` : null, model ? shortDigest(model) : text('recipes.noModel')].filter((one) => one).join(' · '));
  write(node.querySelector('.words'), conditions.join(' '));
}

function conditions(kind, all, figures, now) {
  byId(`${kind}-card`).hidden = all === null;
  writeList(byId(kind), all ?? [], ({name}) => name, ({name, kind: what}) => element('li', {'data-testid': 'condition', 'data-name': name},
    element('div', {class: 'row'}, element('span', {class: 'sign'}), element('b', {}, name), element('span', {class: 'muted'}, what === name ? '' : what), element('span', {class: 'state'})),
    element('p', {class: 'words'}), element('p', {class: 'muted figures-line'})), (node, one) => drawCondition(node, one, figures(one), now));
}

function drawCondition(node, {state, words, since}, figures, now) {
  if (node.dataset.state !== state) {
    node.dataset.state = state;
    node.querySelector('.sign').replaceChildren(icon(SIGNS[state] ?? 'none'));
  }
  write(node.querySelector('.state'), named('condition', state));
  write(node.querySelector('.words'), words);
  write(node.querySelector('.figures-line'), `${figures} · ${text('alarms.since', clock(since, now))}`);
}
