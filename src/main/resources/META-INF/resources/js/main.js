/** Puts the page together: live state in, paced drawings out, and what a person presses. */
import {drawAlarms} from './alarms.js';
import {CurveChart, ScoreChart} from './charts.js';
import {watchDevice} from './device.js';
import {byId, copy, paced, write} from './dom.js';
import {Judge} from './judge.js';
import {listen} from './keys.js';
import {Live} from './live.js';
import {tell} from './notice.js';
import * as panels from './panels.js';
import {Review} from './review.js';
import {Stage} from './stage.js';
import {Strip} from './strip.js';
import {text, verdictWord} from './texts.js';
import './top.js';
import {VerdictView} from './verdict.js';
import {Wall} from './wall.js';

/** An earlier part that nobody looks at any more gives way to the live one: a wall must not stand on yesterday's verdict. */
const REVIEW_MILLIS = 120_000;

const live = new Live(redraw);
const verdictView = new VerdictView();
const stage = new Stage((inspection) => {
  onStage = inspection;
  drawings.verdict();
  drawings.strip();
});
const strip = new Strip(pin);
const scoreChart = new ScoreChart(pin);
const curveChart = new CurveChart();
let pinned = null;
let pinnedAt = 0;
let onStage = null;

const drawings = {
  stage: paced(250, drawStage, broken),
  verdict: paced(0, drawVerdict, broken),
  strip: paced(400, () => strip.draw(live.inspections, onStage?.id, live.now()), broken),
  scores: paced(1_000, () => scoreChart.draw(live.inspections, live.now()), broken),
  panels: paced(300, drawPanels, broken),
  liveness: paced(100, () => panels.drawLiveness(live), broken),
};

new Judge(() => live.station?.recipe, pin);
const wall = new Wall(redraw);
const review = new Review((problem) => tell(text('review.label'), problem));

function redraw() {
  Object.values(drawings).forEach((draw) => draw());
}

function broken(error) {
  console.error(error);
  byId('broken').hidden = false;
  write(byId('broken'), text('broken'));
}

function drawStage() {
  const wanted = pinned ?? live.inspections[0];
  if (wanted) {
    stage.show(wanted);
  }
  byId('back-to-live').hidden = pinned === null;
}

function drawVerdict() {
  const stale = live.connection === 'lost' ? 'lost' : pinned && pinned.id !== live.inspections[0]?.id ? 'pinned' : null;
  verdictView.draw(onStage, {stale, recent: live.inspections, model: live.station?.model, now: live.now()});
  review.draw(pinned && onStage?.id === pinned.id ? onStage : null);
  document.title = onStage && live.station ? text('title', verdictWord(onStage.verdict), live.station.name) : 'Kerf';
}

function drawPanels() {
  const {station} = live;
  if (station === null) {
    return;
  }
  panels.drawHeader(station);
  panels.drawCounts(station, lastNg(), live.now());
  panels.drawTakt(live.inspections);
  drawAlarms(station.alarms, live.now());
  panels.drawModel(station, live.now());
  panels.drawDemo(station);
  panels.drawLearning(station, curveChart);
}

const lastNg = () => live.inspections.find((item) => item.verdict === 'NG');

function pin(inspection) {
  pinned = inspection;
  pinnedAt = performance.now();
  redraw();
  strip.reveal(inspection.id);
}

function backToLive() {
  pinned = null;
  redraw();
}

/** Along the strip: the newest part is at its left. */
function walk(steps) {
  const at = pinned ? live.inspections.findIndex((item) => item.id === pinned.id) : 0;
  const next = at < 0 ? live.inspections.length - 1 : at + steps;
  if (next < 0 || (next === 0 && steps < 0)) {
    backToLive();
  } else if (live.inspections[next]) {
    pin(live.inspections[next]);
  }
}

const keys = {
  h: () => stage.toggleHeat(),
  w: () => wall.toggle(),
  n: () => lastNg() && pin(lastNg()),
  g: () => review.say('GOOD'),
  b: () => review.say('BAD'),
  ArrowLeft: () => walk(-1),
  ArrowRight: () => walk(1),
  Escape: backToLive,
};

byId('back-to-live').addEventListener('click', backToLive);
byId('last-ng').addEventListener('click', keys.n);
byId('copy-digest').addEventListener('click', async () => {
  await copy(live.station.model.digest);
  byId('copy-digest').title = text('model.copied');
  byId('copy-digest').dataset.done = 'true';
  setTimeout(() => delete byId('copy-digest').dataset.done, 2_000);
});
byId('demo-help').addEventListener('click', () => byId('help').showModal());
write(byId('help-curl'), `curl --data-binary @part.jpg -H 'Content-Type: image/jpeg' ${location.origin}/api/inspections`);
listen(keys, [['H', text('keys.heat')], ['← →', text('keys.walk')], ['N', text('keys.ng')], ['G B', text('keys.review')], ['W', text('keys.wall')], ['Esc', text('keys.live')], ['?', text('keys.help')]]);

document.addEventListener('visibilitychange', redraw);
setInterval(() => {
  if (pinned && performance.now() - pinnedAt > REVIEW_MILLIS) {
    backToLive();
  }
  drawings.liveness();
  drawings.panels();
}, 1_000);
live.start();
watchDevice(broken);
redraw();
