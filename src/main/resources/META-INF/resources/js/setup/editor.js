/**
 * The station document to be edited: checked as somebody types, each problem leading to its line, the difference shown before it is put into force. What somebody
 * has begun to type is never replaced; where another document comes into force meanwhile, they are told.
 */
import * as api from '../api.js';
import {byId, element, write, writeList} from '../dom.js';
import {clock} from '../format.js';
import {hush, tell} from '../notice.js';
import {named, text} from '../texts.js';
import {drawDifference} from './difference.js';

const PAUSE_MILLIS = 400;

export class Editor {
  #area = byId('document-text');
  #speaker;
  #done;
  /** The document that the text is a change of; null before the first answer. */
  #base = null;
  #latest = null;
  #waiting = null;
  /** Grows with every check, so that a late answer to an earlier one is known as such. */
  #check = 0;
  #applying = false;

  /** @param speaker who says so; @param done called after a document was put into force */
  constructor(speaker, done) {
    this.#speaker = speaker;
    this.#done = done;
    this.#area.addEventListener('input', () => this.#typed());
    this.#area.addEventListener('scroll', () => (byId('numbers').scrollTop = this.#area.scrollTop));
    byId('document-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#apply();
    });
    byId('document-revert').addEventListener('click', () => this.#load(this.#latest));
    byId('document-load').addEventListener('click', () => this.#load(this.#latest));
    byId('document-keep').addEventListener('click', () => this.#keep());
    addEventListener('beforeunload', (event) => this.#dirty && event.preventDefault());
  }

  /** @param document in force */
  draw(document, now) {
    this.#latest = document;
    const {number, by, since, reason} = document;
    write(byId('document-now'), number === 0 ? text('document.nobody') : text('document.now', number, named('by', by), clock(since, now), reason));
    if (this.#base === null || (!this.#dirty && this.#base.digest !== document.digest)) {
      this.#load(document);
    }
    this.#drawConflict();
  }

  /** Takes a text in place of what stands there. */
  take(words, reason) {
    this.#area.value = words;
    byId('document-reason').value = reason;
    this.#typed();
    this.#area.focus();
  }

  get #dirty() {
    return this.#base !== null && this.#area.value !== this.#base.text;
  }

  #load(document) {
    this.#base = document;
    this.#area.value = document.text;
    byId('document-reason').value = '';
    this.#typed();
    this.#drawConflict();
  }

  /** What stands there becomes a change of the document that came into force meanwhile. */
  #keep() {
    this.#base = this.#latest;
    this.#typed();
    this.#drawConflict();
  }

  #typed() {
    this.#drawNumbers();
    clearTimeout(this.#waiting);
    this.#check++;
    byId('document-apply').disabled = true;
    byId('document-revert').disabled = !this.#dirty;
    if (!this.#dirty) {
      this.#show({valid: true, problems: [], difference: ''});
      return;
    }
    this.#state('checking');
    this.#waiting = setTimeout(() => this.#ask(), PAUSE_MILLIS);
  }

  async #ask() {
    const mine = ++this.#check;
    try {
      const found = await api.checkDocument(this.#area.value);
      if (mine === this.#check) {
        this.#show(found);
      }
    } catch (problem) {
      if (mine === this.#check) {
        this.#state('unknown');
        tell(text('document.title'), problem);
      }
    }
  }

  #show({valid, problems, difference}) {
    const bad = new Set(problems.map(({line}) => line));
    this.#drawNumbers(bad);
    writeList(byId('problems'), problems, ({path, line, code, message}) => `${line} ${path} ${code} ${message}`, (problem) => this.#problem(problem));
    this.#state(!valid ? 'problems' : this.#dirty ? 'valid' : 'same', problems.length);
    drawDifference(byId('difference'), difference);
    byId('difference').hidden = difference === '';
    byId('document-apply').disabled = !valid || !this.#dirty || this.#applying;
  }

  #state(state, ...about) {
    byId('document-state').dataset.state = state;
    write(byId('document-state'), text(`document.${state}`, ...about));
  }

  #problem({line, path, message}) {
    const button = element('button', {type: 'button', class: 'link', 'data-testid': 'problem'}, line > 0 ? element('b', {}, text('document.line', line)) : '', ' ', element('code', {}, path), ' ', message);
    button.addEventListener('click', () => this.#jump(line));
    return element('li', {}, button);
  }

  #jump(line) {
    const lines = this.#area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.#area.focus();
    this.#area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    this.#area.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(this.#area).lineHeight));
  }

  #drawNumbers(bad = new Set()) {
    const count = this.#area.value.split('\n').length;
    const key = `${count} ${[...bad]}`;
    const numbers = byId('numbers');
    if (numbers.dataset.drawn !== key) {
      numbers.dataset.drawn = key;
      numbers.replaceChildren(...Array.from({length: count}, (_, i) => element(bad.has(i + 1) ? 'mark' : 'span', {}, `${i + 1}`)));
    }
    numbers.scrollTop = this.#area.scrollTop;
  }

  #drawConflict() {
    const conflict = this.#dirty && this.#base.digest !== this.#latest.digest;
    byId('document-conflict').hidden = !conflict;
    write(byId('document-conflict-words'), conflict ? text('document.conflict') : '');
  }

  async #apply() {
    const by = this.#speaker.name();
    if (by === null || this.#applying || byId('document-apply').disabled) {
      return;
    }
    hush();
    this.#applying = true;
    byId('document-apply').disabled = true;
    const words = this.#area.value;
    try {
      const now = await api.putDocument(words, this.#base.digest, {by, reason: byId('document-reason').value.trim()});
      this.#latest = now;
      this.#load(now);
      this.#state('applied', now.number);
    } catch (problem) {
      tell(text('document.apply'), problem);
      this.#ask();
    }
    this.#applying = false;
    this.#done();
  }
}
