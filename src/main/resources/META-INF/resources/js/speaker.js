/** Who says so: whoever has logged in; else asked for once, and remembered in this browser. */
import {write} from './dom.js';
import {whoIsThere} from './session.js';
import {text} from './texts.js';

const REMEMBERED = 'kerf.name';

export class Speaker {
  #input;
  #said;
  #known = false;

  /** @param input where the name stands; @param said where it is asked for */
  constructor(input, said) {
    this.#input = input;
    this.#said = said;
    try {
      input.value = localStorage.getItem(REMEMBERED) ?? '';
    } catch {
      // Nothing may be remembered.
    }
    addEventListener('kerf-name', ({detail}) => (input.value = detail));
    whoIsThere(({who}) => who && this.#isKnown(who));
  }

  /** Whoever has logged in is not asked for a name. */
  #isKnown(who) {
    this.#known = true;
    this.#input.value = who;
    (this.#input.closest('label') ?? this.#input).hidden = true;
  }

  /** The name; null where there is none, which is then asked for. */
  name() {
    const name = this.#input.value.trim();
    if (name === '') {
      this.#input.focus();
      write(this.#said, text('review.who'));
      return null;
    }
    if (this.asking) {
      write(this.#said, '');
    }
    if (this.#known) {
      return name;
    }
    try {
      localStorage.setItem(REMEMBERED, name);
    } catch {
      // It holds until the page is loaded again.
    }
    dispatchEvent(new CustomEvent('kerf-name', {detail: name}));
    return name;
  }

  /** Whether the question stands. */
  get asking() {
    return this.#said.textContent === text('review.who');
  }
}
