/** The good parts that are learnt from, those first of which nobody has said yet that they are; and the golden set. */
import * as api from '../api.js';
import {byId, element, write, writeFacts, writeList} from '../dom.js';
import {clock, duration, probability, whole} from '../format.js';
import {named, text} from '../texts.js';
import {Pager} from '../pager.js';
import {button, mark, note, picture} from '../tiles.js';

const ON_A_PAGE = 20;
/** The doubtful first: nothing is learnt from them until somebody has spoken. Of each kind the oldest, so that new ones move no picture under the pointer. */
const WAITING = ['DOUBTFUL', 'PRESUMED'];

export class Normals {
  #recipe;
  #act;
  #now = 0;
  #pager = new Pager(byId('normals-pager'), ON_A_PAGE, (items) => writeList(byId('normals'), items, (one) => `${one.id} ${one.standing}`, (one) => this.#tile(one), (tile, one) =>
    note(tile, text('normals.note', one.pValue === null ? null : probability(one.pValue), duration((this.#now - Date.parse(one.addedAt)) / 1000), one.lot))));

  /** @param recipe gives it; @param act `(name, call)`: has something done in somebody's name */
  constructor(recipe, act) {
    this.#recipe = recipe;
    this.#act = act;
  }

  draw(normals, now) {
    this.#now = now;
    const {original, confirmed, presumed, doubtful, items} = normals;
    writeFacts(byId('standings'), Object.entries({original, confirmed, presumed, doubtful}).map(([standing, count]) => [text(`standing.${standing}`), whole(count)]));
    const waiting = WAITING.flatMap((standing) => items.filter((one) => one.standing === standing));
    byId('normals-none').hidden = waiting.length > 0;
    byId('normals-what').hidden = waiting.length === 0;
    write(byId('normals-none'), text(items.length === 0 ? 'normals.none' : 'normals.noneWaiting'));
    this.#pager.show(waiting);
  }

  #tile({id, standing}) {
    return element('li', {class: 'tile', 'data-standing': standing, 'data-testid': 'normal', 'data-id': id}, picture(api.normalImage(id, this.#recipe()), id),
      element('p', {}, element('b', {}, text(`standing.${standing.toLowerCase()}`))), element('p', {class: 'note muted'}),
      element('div', {class: 'doings'},
        button(text('normals.confirm'), 'confirm', () => this.#act(text('normals.confirm'), (by) => api.confirmNormal(id, this.#recipe(), by))),
        button(text('normals.remove'), 'remove', () => this.#act(text('normals.remove'), (by) => api.removeNormal(id, this.#recipe(), by)))));
  }
}

export class Golden {
  #recipe;
  #ask;
  #done;
  #now = 0;
  #pager = new Pager(byId('golden-pager'), ON_A_PAGE, (items) => writeList(byId('golden'), items, (one) => `${one.id} ${one.truth}`, (one) => this.#tile(one), (tile, one) =>
    note(tile, text('golden.note', named('by', one.by), clock(one.addedAt, this.#now)))));

  /** @param recipe gives it; @param ask the dialog; @param done is awaited after a change */
  constructor(recipe, ask, done) {
    this.#recipe = recipe;
    this.#ask = ask;
    this.#done = done;
  }

  draw(golden, now) {
    this.#now = now;
    byId('golden-none').hidden = golden.length > 0;
    this.#pager.show([...golden].reverse());
  }

  #tile({id, truth}) {
    return element('li', {class: 'tile', 'data-testid': 'golden-part', 'data-id': id}, picture(api.goldenImage(id, this.#recipe()), id),
      element('p', {}, mark(truth === 'GOOD' ? 'OK' : 'NG', text(`truth.${truth}`))), element('p', {class: 'note muted'}),
      element('div', {class: 'doings'}, button(text('golden.remove'), 'golden-remove', () => this.#remove(id))));
  }

  #remove(id) {
    this.#ask.open({title: text('golden.removeTitle'), words: text('golden.removeWords'), go: text('golden.remove')}, async ({by}) => {
      await api.removeGolden(id, this.#recipe(), by);
      await this.#done();
    });
  }
}
