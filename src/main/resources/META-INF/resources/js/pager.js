/** Shows a long list a page at a time. */
import {element, write} from './dom.js';
import {whole} from './format.js';
import {text} from './texts.js';

export class Pager {
  #size;
  #items = [];
  #page = 0;
  #draw;
  #host;
  #back = element('button', {type: 'button'}, text('pager.back'));
  #on = element('button', {type: 'button'}, text('pager.on'));
  #where = element('span', {'aria-live': 'polite'});

  /** @param draw takes the items of the page at hand */
  constructor(host, size, draw) {
    this.#host = host;
    this.#size = size;
    this.#draw = draw;
    this.#back.addEventListener('click', () => this.#turn(-1));
    this.#on.addEventListener('click', () => this.#turn(1));
    host.append(this.#back, this.#where, this.#on);
  }

  show(items) {
    this.#items = items;
    this.#turn(0);
  }

  #turn(pages) {
    const last = Math.max(0, Math.ceil(this.#items.length / this.#size) - 1);
    this.#page = Math.min(last, Math.max(0, this.#page + pages));
    const from = this.#page * this.#size;
    const shown = this.#items.slice(from, from + this.#size);
    this.#host.hidden = last === 0;
    this.#back.disabled = this.#page === 0;
    this.#on.disabled = this.#page === last;
    write(this.#where, text('pager.where', whole(from + 1), whole(from + shown.length), whole(this.#items.length)));
    this.#draw(shown);
  }
}
