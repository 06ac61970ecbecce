/** Who has logged in here: says so in the bar at the top, and lets them out. Loaded by each page beside its own module. */
import * as api from './api.js';
import {byId, element} from './dom.js';
import {text} from './texts.js';

/** Where somebody logs in, and comes back from. */
export const loginAddress = () => `/login.html?to=${encodeURIComponent(location.pathname + location.search)}`;

/** Tells a page once who is there. */
export async function whoIsThere(told) {
  try {
    told(await api.session());
  } catch {
    // The page says itself that the station does not answer.
  }
}

function draw(session) {
  const bar = byId('session');
  if (session.kind === 'PERSON') {
    const out = element('button', {type: 'button', class: 'link', 'data-testid': 'log-out'}, text('session.logOut'));
    out.addEventListener('click', async () => {
      await api.logOut().catch(() => null);
      location.assign('/login.html');
    });
    bar.replaceChildren(element('a', {href: '/people.html', title: text(`role.${session.role}`), 'data-testid': 'session-who'}, session.who), out);
  } else if (!session.claimed) {
    bar.replaceChildren(element('a', {href: loginAddress(), 'data-testid': 'to-claim'}, text('session.claim')));
  } else if (session.kind === 'ANYBODY') {
    bar.replaceChildren(element('a', {href: loginAddress(), 'data-testid': 'to-login'}, text('session.logIn')));
  }
}

if (byId('session')) {
  whoIsThere(draw);
}
