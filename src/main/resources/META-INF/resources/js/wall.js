/** The view for a wall: verdict, part, counts, takt and alarms, to be read from three metres. Part of the address, so that a kiosk begins with it. */
import {byId} from './dom.js';

export class Wall {
  #changed;

  /** @param changed called once the page has another shape */
  constructor(changed) {
    this.#changed = changed;
    byId('wall-toggle').addEventListener('click', () => this.toggle());
    this.#set(new URLSearchParams(location.search).has('wall'));
  }

  toggle() {
    this.#set(document.body.dataset.wall !== 'on');
    this.#changed();
  }

  #set(on) {
    document.body.dataset.wall = on ? 'on' : 'off';
    byId('wall-toggle').setAttribute('aria-pressed', String(on));
    const address = new URL(location);
    if (on) {
      address.searchParams.set('wall', '');
    } else {
      address.searchParams.delete('wall');
    }
    history.replaceState(null, '', address);
  }
}
