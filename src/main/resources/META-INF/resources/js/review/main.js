/**
 * The queue of parts that were stopped in this shift and that nobody has reviewed: one key says what a part was, and the next one comes. What is at hand stays there
 * until somebody has spoken or left it, whatever the line does meanwhile.
 */
import * as api from '../api.js';
import {follow} from '../connection.js';
import {byId, write} from '../dom.js';
import {clock, hourOf, partName, probability, whole} from '../format.js';
import {listen} from '../keys.js';
import {tell} from '../notice.js';
import {fillBar} from '../progress.js';
import {Review} from '../review.js';
import {said, text, verdictWord} from '../texts.js';
import {mark} from '../tiles.js';
import '../top.js';
import {Viewer} from '../viewer.js';
import * as queue from './queue.js';

const ASK_MILLIS = 5_000;
const MOST = 200;

const viewer = new Viewer(byId('viewer-a'));
const review = new Review((problem) => tell(text('review.label'), problem), heard, byId('who'));
let state = queue.EMPTY;
let shift = null;
let more = false;
let serverMinusTicker = Date.now() - performance.now();

/** Those that were stopped, newest first, of whom nothing was said. */
async function refresh() {
  const station = await api.station();
  serverMinusTicker = Date.parse(station.serverTime) - performance.now();
  shift = station.shift;
  const fields = new URLSearchParams([['verdict', 'NG'], ['verdict', 'UNJUDGED'], ['reviewed', 'NONE'], ['from', shift.startedAt]]);
  const page = await api.search(fields, null, MOST);
  more = page.next !== null;
  state = queue.found(state, page.items);
  write(byId('station-name'), station.name);
  document.title = text('queue.pageTitle', station.name);
  draw();
}

function heard(part, word) {
  state = word ? queue.spoken(state, part) : queue.takenBack(state, part);
  draw();
}

function later() {
  state = queue.left(state);
  draw();
}

async function back() {
  const last = state.spoken[0];
  if (last) {
    const by = byId('who').value.trim();
    try {
      await api.takeBack(last.id, by);
      heard(last, null);
    } catch (problem) {
      tell(text('queue.back'), problem);
    }
  }
}

function draw() {
  const part = queue.atHand(state);
  const done = state.spoken.length;
  const all = done + state.waiting.length;
  byId('queue-done').hidden = part !== null;
  byId('at-hand').hidden = part === null;
  byId('queue-back').hidden = done === 0;
  byId('queue-bar').hidden = all === 0;
  const progress = text('queue.progress', whole(done), more ? `${whole(all)}+` : whole(all));
  write(byId('queue-progress'), all === 0 ? '' : progress);
  fillBar(byId('queue-bar'), all === 0 ? 0 : done / all, progress, text('queue.title'));
  write(byId('queue-since'), text('queue.since', hourOf(shift.startedAt)) + (more ? ` ${text('queue.more', whole(MOST))}` : ''));
  viewer.show(part);
  review.draw(part);
  if (part) {
    drawPart(part);
  }
  document.body.dataset.drawn = 'true';
}

function drawPart(part) {
  const {verdict, reason, pValue, capturedAt, lot, image} = part;
  byId('at-hand').dataset.id = part.id;
  byId('at-hand-mark').replaceChildren(mark(verdict, verdictWord(verdict)));
  const about = [partName(part), clock(capturedAt, performance.now() + serverMinusTicker), lot, pValue === null ? null : `p = ${probability(pValue)}`,
    reason ? said('reason', reason.code, reason.message) : null];
  write(byId('at-hand-words'), about.filter((one) => one).join(' · '));
  byId('queue-gone').hidden = Boolean(image);
  byId('review').hidden = false;
  byId('review-good').disabled = byId('review-bad').disabled = !image;
}

byId('later').addEventListener('click', later);
byId('queue-back').addEventListener('click', back);
listen({g: () => review.say('GOOD'), b: () => review.say('BAD'), ArrowRight: later, u: back},
  [['G', text('queue.good')], ['B', text('queue.bad')], ['→', text('keys.later')], ['U', text('queue.back')], ['+ − 0', text('keys.zoom')], ['?', text('keys.help')]]);
follow(refresh, ASK_MILLIS);
