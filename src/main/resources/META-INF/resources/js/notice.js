/** The message in the corner that says what went wrong; one at a time. */
import {byId, write} from './dom.js';
import {said, text} from './texts.js';

/** @param name what it was about */
export function tell(name, problem) {
  write(byId('notice-title'), text('problem.title', name, said('fault', problem.code, problem.title ?? problem.message)));
  write(byId('notice-detail'), problem.detail ?? '');
  write(byId('notice-code'), problem.code ?? '');
  byId('notice').hidden = false;
}

export function hush() {
  byId('notice').hidden = true;
}

byId('notice-close').addEventListener('click', hush);
