/** The models of the recipe: which is in use and since when, what two of them differ in, and changing which one is used. */
import * as api from '../api.js';
import {byId, element, write, writeList} from '../dom.js';
import {clock, shortDigest, whole} from '../format.js';
import {tell} from '../notice.js';
import {named, text} from '../texts.js';
import {compared} from './compare.js';
import {Pager} from '../pager.js';

const ON_A_PAGE = 8;
const MISSES_GOLDEN = 'golden-part-missed';

export class Models {
  #recipe;
  #ask;
  #done;
  #chosen = [];
  #compared = '';
  #models = null;
  #trial = null;
  #now = 0;
  #pager = new Pager(byId('models-pager'), ON_A_PAGE, (items) => writeList(byId('models-rows'), items, (one) => one.digest, (one) => this.#row(one), (row, one) => this.#drawRow(row, one)));
  #history = new Pager(byId('history-pager'), ON_A_PAGE, (items) => writeList(byId('history'), items, (one) => `${one.activatedAt} ${one.digest}`, entry, (node, one) =>
    write(node.querySelector('time'), clock(one.activatedAt, this.#now))));

  /** @param recipe gives it; @param ask the dialog; @param done is awaited after a change */
  constructor(recipe, ask, done) {
    this.#recipe = recipe;
    this.#ask = ask;
    this.#done = done;
    byId('roll-back').addEventListener('click', () => this.#rollBack());
    byId('compare-end').addEventListener('click', () => this.#choose([]));
  }

  /** @param trial digest of the candidate on trial, or null */
  draw(models, history, trial, now) {
    this.#models = models;
    this.#trial = trial;
    this.#now = now;
    const {items, previous} = models;
    byId('models-none').hidden = items.length > 0;
    byId('models').hidden = items.length === 0;
    byId('compare-hint').hidden = items.length < 2;
    byId('roll-back').hidden = previous === null;
    write(byId('roll-back'), previous ? text('models.rollBack', shortDigest(previous)) : '');
    byId('roll-back').title = previous ?? '';
    byId('history-none').hidden = history.length > 0;
    const there = this.#chosen.filter((digest) => items.some((one) => one.digest === digest));
    if (there.length < this.#chosen.length) {
      this.#chosen = there;
    }
    this.#pager.show(items);
    this.#history.show([...history].reverse());
    this.#compare();
  }

  #row({digest, manifest: {createdAt, provenance}}) {
    const short = shortDigest(digest);
    const box = element('input', {type: 'checkbox', 'aria-label': text('models.choose', short), 'data-testid': 'choose'});
    box.addEventListener('change', () => this.#choose(box.checked ? [...this.#chosen, digest].slice(-2) : this.#chosen.filter((one) => one !== digest)));
    const use = element('button', {type: 'button', 'data-testid': 'use', 'aria-label': text('models.useThis', short)}, text('models.use'));
    use.addEventListener('click', () => this.#activate(digest));
    return element('tr', {'data-testid': 'model', 'data-digest': digest}, element('td', {class: 'choose'}, box),
      element('th', {scope: 'row'}, element('code', {title: digest}, short)), cell('models.made', element('time', {datetime: createdAt})), cell('model.encoder', provenance.encoder),
      cell('models.from', text('model.partsValue', whole(provenance.normals), whole(provenance.heldOut))),
      cell('models.parent', provenance.parent ? element('code', {title: provenance.parent}, shortDigest(provenance.parent)) : '–'), cell('models.state', element('span', {class: 'state'})), element('td', {}, use));
  }

  #drawRow(row, {digest, inUse, manifest}) {
    const state = inUse ? 'IN_USE' : digest === this.#trial ? 'ON_TRIAL' : digest === this.#models.previous ? 'PREVIOUS' : '';
    write(row.querySelector('time'), clock(manifest.createdAt, this.#now));
    write(row.querySelector('.state'), state ? text(`modelState.${state}`) : '');
    row.dataset.state = state;
    row.querySelector('[data-testid=use]').hidden = inUse || digest === this.#trial;
    row.querySelector('input').hidden = this.#models.items.length < 2;
    row.querySelector('input').checked = this.#chosen.includes(digest);
  }

  #choose(digests) {
    this.#chosen = digests;
    this.#pager.show(this.#models.items);
    this.#compare();
  }

  async #compare() {
    const wanted = this.#chosen.join(' ');
    write(byId('compare-hint'), text('compare.hint', this.#chosen.length));
    byId('comparison').hidden = this.#chosen.length < 2;
    if (this.#chosen.length < 2 || wanted === this.#compared) {
      this.#compared = wanted;
      return;
    }
    this.#compared = wanted;
    byId('comparison').setAttribute('aria-busy', 'true');
    byId('compare-rows').replaceChildren();
    write(byId('compare-a'), shortDigest(this.#chosen[0]));
    write(byId('compare-b'), shortDigest(this.#chosen[1]));
    try {
      const [a, b] = await Promise.all(this.#chosen.map((digest) => api.model(digest, this.#recipe())));
      if (wanted === this.#compared) {
        byId('compare-rows').replaceChildren(...compared(a, b, this.#now).map(figure));
      }
    } catch (problem) {
      if (wanted === this.#compared) {
        this.#choose([]);
        tell(text('compare.title'), problem);
      }
    }
    byId('comparison').removeAttribute('aria-busy');
  }

  #activate(digest) {
    this.#ask.open({title: text('activate.title', shortDigest(digest)), words: text('activate.words'), go: text('models.use'), reason: true, anywayWhere: MISSES_GOLDEN}, async (wish) => {
      await api.activate(digest, this.#recipe(), wish);
      await this.#done();
    });
  }

  #rollBack() {
    this.#ask.open({title: text('rollBack.title', shortDigest(this.#models.previous)), words: text('rollBack.words'), go: text('rollBack.go'), reason: true}, async ({by, reason}) => {
      await api.rollBack(this.#recipe(), {by, reason});
      await this.#done();
    });
  }
}

/** @param key of the heading, which a narrow screen shows beside each value */
function cell(key, content) {
  return element('td', {'data-heading': text(key)}, content);
}

function figure([name, a, b]) {
  const differs = a !== b;
  const heading = element('th', {scope: 'row'}, name);
  if (differs) {
    heading.append(element('span', {class: 'visually-hidden'}, text('compare.differs')));
  }
  return element('tr', {'data-differs': String(differs)}, heading, element('td', {}, a), element('td', {}, b));
}

function entry({digest, activatedAt, by, reason}) {
  return element('li', {'data-testid': 'activation'}, element('time', {datetime: activatedAt}), element('code', {title: digest}, shortDigest(digest)),
    element('span', {}, reason ? text('history.why', named('by', by), reason) : named('by', by)));
}
