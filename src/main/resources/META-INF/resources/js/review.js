/**
 * What a person says of the part on the stage: it was good, it was bad. Only of a part that is pinned there: a live one could give way to the
 * next just as somebody presses. Who says so is asked for once and remembered in this browser.
 */
import * as api from './api.js';
import {byId, write} from './dom.js';
import {Speaker} from './speaker.js';
import {text} from './texts.js';

export class Review {
  #speaker;
  #tell;
  #heard;
  #shown = null;
  #said = null;
  #busy = false;
  /** Grows with every question, so that a late answer to an earlier one is known as such. */
  #question = 0;

  /** @param tell shows a problem; @param heard told of a part and the word on it that the station has taken; @param name where the name stands */
  constructor(tell, heard = () => {}, name = byId('review-name')) {
    this.#tell = tell;
    this.#heard = heard;
    this.#speaker = new Speaker(name, byId('review-said'));
    byId('review-good').addEventListener('click', () => this.say('GOOD'));
    byId('review-bad').addEventListener('click', () => this.say('BAD'));
    byId('review-undo').addEventListener('click', () => this.#speak((id, name) => api.takeBack(id, name), () => null));
  }

  /** @param inspection that is pinned and stands on the stage; null while there is none */
  draw(inspection) {
    if (inspection?.id !== this.#shown?.id) {
      this.#shown = inspection;
      this.#said = null;
      this.#question++;
      write(byId('review-said'), '');
      if (inspection) {
        this.#answer(api.review(inspection.id).catch(() => null));
      }
    }
    byId('review').hidden = !inspection?.image;
    this.#write();
  }

  /** Says what the part on the stage was; nothing where none is pinned there. */
  say(truth) {
    if (this.#shown?.image) {
      this.#speak((id, name) => api.say(id, truth, name), (review) => review);
    }
  }

  /** In somebody's name; asks for it where there is none. */
  #speak(call, said) {
    const name = this.#speaker.name();
    if (name !== null) {
      this.#send((id) => call(id, name), said);
    }
  }

  async #send(call, said) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    const part = this.#shown;
    try {
      const word = call(part.id).then(said);
      await this.#answer(word);
      this.#heard(part, await word);
    } catch (problem) {
      this.#tell(problem);
    }
    this.#busy = false;
  }

  async #answer(answer) {
    const question = ++this.#question;
    const said = await answer;
    if (question === this.#question) {
      this.#said = said;
      this.#write();
    }
  }

  #write() {
    byId('review-good').setAttribute('aria-pressed', String(this.#said?.truth === 'GOOD'));
    byId('review-bad').setAttribute('aria-pressed', String(this.#said?.truth === 'BAD'));
    byId('review-undo').hidden = this.#said === null;
    if (this.#said || !this.#speaker.asking) {
      write(byId('review-said'), this.#said ? text(`review.${this.#said.truth}`, this.#said.by) : '');
    }
  }
}
