/** Parts that were judged: found by what is known of them, looked at closely, compared, and reviewed. The search is part of the address, so that it can be sent to somebody. */
import * as api from '../api.js';
import {follow} from '../connection.js';
import {byId, write} from '../dom.js';
import {clock} from '../format.js';
import {listen} from '../keys.js';
import {tell} from '../notice.js';
import {text} from '../texts.js';
import '../top.js';
import {Part} from './part.js';
import {Results} from './results.js';
import {fieldsOf, fillForm} from './search.js';

const ON_A_PAGE = 50;
const STATION_MILLIS = 30_000;

let fields = new URLSearchParams(location.search);
let next = null;
/** Grows with every search, so that an answer that is overtaken is known as such. */
let search = 0;
let serverMinusTicker = Date.now() - performance.now();

const now = () => performance.now() + serverMinusTicker;
const part = new Part(now, (problem) => tell(text('review.label'), problem), (id, word) => results.mark(id, word));
const results = new Results(now, (inspection) => part.choose(inspection));

async function find(more = false) {
  const mine = ++search;
  byId('results').setAttribute('aria-busy', 'true');
  try {
    const page = await api.search(fields, more ? next : null, ON_A_PAGE);
    if (mine !== search) {
      return;
    }
    next = page.next;
    results.show(page.items, more);
    draw(page.lookedUntil);
  } catch (problem) {
    tell(text('search.title'), problem);
  }
  byId('results').removeAttribute('aria-busy');
  document.body.dataset.drawn = 'true';
}

function draw(lookedUntil) {
  write(byId('found'), text('search.found', results.count, next !== null));
  byId('results-none').hidden = results.count > 0 || next !== null;
  byId('more').hidden = next === null;
  write(byId('looked-until'), lookedUntil ? text('search.lookedUntil', clock(lookedUntil, now())) : '');
  byId('export-csv').href = api.exportAddress('csv', fields);
  byId('export-zip').href = api.exportAddress('zip', fields);
}

function ask(wanted) {
  fields = wanted;
  const address = new URL(location);
  address.search = fields;
  history.replaceState(null, '', address);
  find();
}

byId('find').addEventListener('submit', (event) => {
  event.preventDefault();
  ask(fieldsOf(byId('find')));
});
byId('clear').addEventListener('click', () => {
  fillForm(byId('find'), new URLSearchParams());
  ask(new URLSearchParams());
});
byId('older').addEventListener('click', () => find(true));
listen({
  ArrowDown: () => results.walk(1), ArrowUp: () => results.walk(-1), j: () => results.walk(1), k: () => results.walk(-1),
  g: () => part.say('GOOD'), b: () => part.say('BAD'), c: () => part.toggleComparing(), Escape: () => part.endComparing(), h: () => part.toggleHeat(),
}, [['↓ ↑', text('keys.listWalk')], ['G B', text('keys.say')], ['C', text('keys.compare')], ['H', text('keys.heat')], ['+ − 0', text('keys.zoom')], ['?', text('keys.help')]]);

fillForm(byId('find'), fields);
find();
follow(async () => {
  const station = await api.station();
  serverMinusTicker = Date.parse(station.serverTime) - performance.now();
  write(byId('station-name'), station.name);
  document.title = text('search.pageTitle', station.name);
}, STATION_MILLIS);
