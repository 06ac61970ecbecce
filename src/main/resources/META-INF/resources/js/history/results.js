/** The list of parts that were found. */
import {byId, element, write, writeList} from '../dom.js';
import {clock, partName, probability} from '../format.js';
import {text, verdictWord} from '../texts.js';
import {mark} from '../tiles.js';

export class Results {
  #list = byId('results');
  #items = [];
  #chosen = null;
  #now;
  #onChoose;

  /** @param now gives the station's time; @param onChoose told of a part that somebody chose */
  constructor(now, onChoose) {
    this.#now = now;
    this.#onChoose = onChoose;
    this.#list.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      const inspection = button && this.#items.find(({id}) => id === button.dataset.id);
      if (inspection) {
        this.#choose(inspection);
      }
    });
  }

  get count() {
    return this.#items.length;
  }

  /** @param more whether they follow those that are shown */
  show(items, more) {
    const known = new Set(more ? this.#items.map(({id}) => id) : []);
    this.#items = more ? [...this.#items, ...items.filter(({id}) => !known.has(id))] : items;
    writeList(this.#list, this.#items, ({id}) => id, (one) => this.#row(one));
    if (!more && this.#items.length > 0) {
      this.#choose(this.#items[0]);
    }
  }

  /** Along the list; focus goes with it. */
  walk(steps) {
    const at = this.#items.findIndex(({id}) => id === this.#chosen);
    const to = this.#items[Math.max(0, at + steps)];
    if (to) {
      this.#choose(to);
      this.#button(to.id).focus();
    }
  }

  /** What somebody said of a part, or null where it was taken back. */
  mark(id, word) {
    const said = this.#button(id)?.querySelector('.said');
    if (said) {
      write(said, word ? text(`truth.${word.truth}`) : '');
    }
  }

  #button(id) {
    return this.#list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  #choose(inspection) {
    this.#chosen = inspection.id;
    for (const button of this.#list.querySelectorAll('button')) {
      button.setAttribute('aria-current', String(button.dataset.id === inspection.id));
    }
    this.#button(inspection.id)?.scrollIntoView({block: 'nearest'});
    this.#onChoose(inspection);
  }

  #row(inspection) {
    const {id, verdict, lot, capturedAt, pValue} = inspection;
    return element('li', {}, element('button', {type: 'button', 'data-id': id, 'data-testid': 'result', 'data-verdict': verdict, 'aria-current': 'false'},
      mark(verdict, verdictWord(verdict)), element('b', {class: 'name'}, partName(inspection)), element('span', {class: 'said'}),
      element('span', {class: 'muted'}, [clock(capturedAt, this.#now()), lot, pValue === null ? null : `p = ${probability(pValue)}`].filter((one) => one).join(' · '))));
  }
}
