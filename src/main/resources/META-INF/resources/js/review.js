/**
 * What a person says of the part on the stage: it was good, it was bad. A part is pinned when something is said of it, so that the word is
 * about what was seen. Who says so is asked for once and remembered in this browser.
 */
import * as api from './api.js';
import {byId, write} from './dom.js';
import {text} from './texts.js';

const REMEMBERED = 'kerf.name';

export class Review {
  #pin;
  #tell;
  #shown = null;
  #said = null;
  #asked = false;
  #busy = false;

  /** @param pin keeps a part on the stage; @param tell shows a problem */
  constructor(pin, tell) {
    this.#pin = pin;
    this.#tell = tell;
    try {
      byId('review-name').value = localStorage.getItem(REMEMBERED) ?? '';
    } catch {
      // Nothing may be remembered.
    }
    byId('review-good').addEventListener('click', () => this.say('GOOD'));
    byId('review-bad').addEventListener('click', () => this.say('BAD'));
    byId('review-undo').addEventListener('click', () => this.#send(this.#shown, (id) => api.takeBack(id), () => null));
  }

  /** @param inspection on the stage, or null; @param pinned whether it stays there */
  draw(inspection, pinned) {
    if (inspection?.id !== this.#shown?.id) {
      this.#shown = inspection;
      this.#said = null;
      this.#asked = false;
    }
    if (inspection && pinned && !this.#asked) {
      this.#asked = true;
      this.#ask(inspection);
    }
    byId('review').hidden = !inspection?.image;
    this.#write();
  }

  /** Says what the part on the stage was. */
  say(truth) {
    const name = byId('review-name').value.trim();
    if (name === '') {
      byId('review-name').focus();
      write(byId('review-said'), text('review.who'));
      return;
    }
    try {
      localStorage.setItem(REMEMBERED, name);
    } catch {
      // It holds until the page is loaded again.
    }
    this.#send(this.#shown, (id) => api.say(id, truth, name), (review) => review);
  }

  async #send(inspection, call, said) {
    if (!inspection || this.#busy) {
      return;
    }
    this.#busy = true;
    this.#asked = true;
    this.#pin(inspection);
    try {
      const answer = said(await call(inspection.id));
      if (this.#shown?.id === inspection.id) {
        this.#said = answer;
      }
    } catch (problem) {
      this.#tell(problem);
    }
    this.#busy = false;
    this.#write();
  }

  async #ask(inspection) {
    const said = await api.review(inspection.id).catch(() => null);
    if (this.#shown?.id === inspection.id) {
      this.#said = said;
      this.#write();
    }
  }

  #write() {
    byId('review-good').setAttribute('aria-pressed', String(this.#said?.truth === 'GOOD'));
    byId('review-bad').setAttribute('aria-pressed', String(this.#said?.truth === 'BAD'));
    byId('review-undo').hidden = this.#said === null;
    if (this.#said || byId('review-said').textContent !== text('review.who')) {
      write(byId('review-said'), this.#said ? text(`review.${this.#said.truth}`, this.#said.by) : '');
    }
  }
}
