/** Whether the station answers, as a page that asks it now and then shows it. */
import {Problem} from './api.js';
import {byId, write} from './dom.js';
import {clockOf, duration} from './format.js';
import {said, text} from './texts.js';

/** After an answer that did not come. */
const AGAIN_MILLIS = 5_000;

let lastContact = null;

/** It answered. */
export function answered() {
  lastContact = Date.now();
  show('live');
  byId('broken').hidden = true;
}

/** No answer is no connection; an answer that refuses, or a failure of the page, says itself what it is. */
export function failed(problem) {
  if (problem.reached === false) {
    show('lost');
    return;
  }
  if (!(problem instanceof Problem)) {
    console.error(problem);
  }
  byId('broken').hidden = false;
  write(byId('broken'), problem instanceof Problem ? text('refused', said('fault', problem.code, problem.title), problem.detail) : text('broken'));
}

function show(state) {
  byId('connection').dataset.state = state;
  write(byId('connection'), text(`connection.${state}`));
  byId('lost').hidden = state !== 'lost';
  if (state === 'lost') {
    write(byId('lost-text'), lastContact === null ? text('connection.never') : text('connection.since', clockOf(lastContact), duration((Date.now() - lastContact) / 1000)));
  }
}

/**
 * Has something asked for anew every so often while the page is seen, and at once when it comes into view again.
 *
 * @param ask awaited; what it throws is shown
 * @return asks at once
 */
export function follow(ask, millis) {
  let timer = null;
  let round = 0;
  const now = async () => {
    const mine = ++round;
    clearTimeout(timer);
    let wait = millis;
    try {
      await ask();
      answered();
    } catch (problem) {
      wait = Math.min(millis, AGAIN_MILLIS);
      failed(problem);
    }
    if (mine === round) {
      timer = document.hidden ? null : setTimeout(now, wait);
    }
  };
  document.addEventListener('visibilitychange', () => !document.hidden && now());
  show('connecting');
  now();
  return now;
}
