/** The documents that were in force, newest first, each with what it changed; the text of one can be taken into the editor again. */
import * as api from '../api.js';
import {byId, element, write, writeList} from '../dom.js';
import {clock} from '../format.js';
import {tell} from '../notice.js';
import {Pager} from '../pager.js';
import {named, text} from '../texts.js';
import {drawDifference} from './difference.js';

const ON_A_PAGE = 10;

export class Versions {
  #take;
  #inForce = 0;
  #now = 0;
  #pager = new Pager(byId('versions-pager'), ON_A_PAGE, (items) => writeList(byId('versions'), items, ({number}) => number, (one) => this.#entry(one), (node, one) => this.#draw(node, one)));

  /** @param take `(text, reason)`: takes a text into the editor */
  constructor(take) {
    this.#take = take;
  }

  draw(entries, inForce, now) {
    this.#inForce = inForce;
    this.#now = now;
    byId('document-history-none').hidden = entries.length > 0;
    this.#pager.show(entries);
  }

  #entry({number, reason}) {
    const difference = element('pre', {class: 'diff', tabindex: '0', 'aria-label': text('document.difference')});
    const again = element('button', {type: 'button', 'data-testid': 'again'}, text('document.again'));
    const details = element('details', {}, element('summary', {}, element('span', {class: 'title'}), element('span', {class: 'state'}), element('span', {class: 'muted'}, reason)), difference,
      element('div', {class: 'doings'}, again));
    let past = null;
    details.addEventListener('toggle', async () => {
      if (details.open && past === null) {
        try {
          past = await api.pastDocument(number);
          drawDifference(difference, past.difference);
        } catch (problem) {
          details.open = false;
          tell(text('document.history'), problem);
        }
      }
    });
    again.addEventListener('click', () => past && this.#take(past.text, text('document.againReason', number)));
    return element('li', {'data-testid': 'version', 'data-number': number}, details);
  }

  #draw(node, {number, since, by}) {
    write(node.querySelector('.title'), text('document.entry', number, clock(since, this.#now), named('by', by)));
    write(node.querySelector('.state'), number === this.#inForce ? text('document.inForce') : '');
    node.querySelector('.doings').hidden = number === this.#inForce;
  }
}
