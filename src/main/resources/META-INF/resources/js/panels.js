/** What stands around the verdict: header, connection, counts, the model, the demo's truth, and learning. */
import {byId, write, writeFacts} from './dom.js';
import {clockOf, change, duration, fixed, hourOf, partName, percent, score, shortDigest, whole} from './format.js';
import {drawBar, drawTraining, timeLeft} from './progress.js';
import {takt} from './takt.js';
import {named, text} from './texts.js';

/** A verdict older than this is pointed at: the line stands, or its images no longer arrive. */
const OLD_SECONDS = 60;

export function drawHeader(station) {
  document.body.dataset.phase = station.phase;
  write(byId('station-name'), station.name);
  write(byId('phase'), named('phase', station.phase));
  write(byId('message'), station.message ?? '');
  byId('message').title = station.message ?? '';
}

/** Drawn every second, so that a page that stands still is seen to stand still. */
export function drawLiveness(live) {
  const now = live.now();
  const {connection, lastContact} = live;
  write(byId('clock'), clockOf(now));
  byId('connection').dataset.state = connection;
  write(byId('connection'), text(`connection.${connection}`));
  byId('lost').hidden = connection !== 'lost';
  if (connection === 'lost') {
    write(byId('lost-text'), lastContact === null
      ? text('connection.never')
      : text('connection.since', clockOf(lastContact), duration((Date.now() - lastContact) / 1000)));
  }
  const age = live.inspections.length > 0 ? (now - Date.parse(live.inspections[0].capturedAt)) / 1000 : null;
  byId('last-age').dataset.old = String(age !== null && age > OLD_SECONDS);
  write(byId('last-age'), age === null ? text('age.none') : text('age.last', duration(age)));
}

export function drawCounts(station, lastNg, now) {
  const {ok = 0, ng = 0, unjudged = 0} = station.shift.counts;
  const start = station.counts?.sinceStart;
  write(byId('counts-title'), text('counts.shift', hourOf(station.shift.startedAt)));
  write(byId('count-ok'), whole(ok));
  write(byId('count-ng'), whole(ng));
  write(byId('count-unjudged'), whole(unjudged));
  write(byId('count-rate'), percent(ok + ng > 0 ? ng / (ok + ng) : null));
  write(byId('counts-start'), start ? text('counts.start', whole(start.ok + start.ng + start.unjudged)) : '');
  byId('last-ng').hidden = !lastNg;
  if (lastNg) {
    write(byId('last-ng-text'), text('counts.lastNg', partName(lastNg), duration((now - Date.parse(lastNg.capturedAt)) / 1000)));
  }
}

/** What the line runs at, as far as it can be told from its last parts. */
export function drawTakt(inspections) {
  const now = takt(inspections);
  byId('takt').hidden = now === null;
  if (now) {
    write(byId('takt-seconds'), text('takt.seconds', fixed(now.seconds, now.seconds < 10 ? 1 : 0)));
    write(byId('takt-rate'), fixed(now.perMinute, now.perMinute < 10 ? 1 : 0));
  }
}

export function drawModel({model, training, phase}, now) {
  byId('model-none').hidden = model !== null;
  byId('copy-digest').hidden = model === null;
  write(byId('model-digest'), model ? shortDigest(model.digest) : '');
  byId('model-digest').title = model?.digest ?? '';
  const trained = phase === 'JUDGING' ? training : null;
  writeFacts(byId('model-facts'), model ? [
    [text('model.encoder'), model.encoder],
    [text('model.engine'), text('model.engineValue', model.engine, model.widthPx, model.heightPx)],
    [text('model.plan'), model.plan.words],
    [text('model.density'), model.density],
    [text('model.parts'), text('model.partsValue', whole(model.normals), whole(model.heldOut))],
    [text('model.budget'), text('model.budgetValue', percent(model.falseRejectBudget))],
    [text('model.threshold'), score(model.threshold)],
    [text('model.light'), model.light ? text('model.lightValue', change(model.light.brightness), change(model.light.contrast)) : null],
    [text('model.trained'), trained ? text('model.trainedValue', duration(trained.elapsedSeconds), percent(trained.accuracy, 0)) : null],
    [text('model.age'), text('model.ageValue', duration((now - Date.parse(model.createdAt)) / 1000))],
  ] : []);
}

export function drawDemo({mode, demoTruth, model}) {
  const demo = mode === 'DEMO';
  byId('demo-banner').hidden = !demo;
  byId('help-demo').hidden = !demo;
  byId('truth').hidden = !demo || !demoTruth || !model;
  for (const [key, count] of Object.entries(demoTruth ?? {})) {
    const cell = byId(`truth-${key}`);
    if (cell) {
      write(cell, whole(count));
      cell.dataset.zero = String(count === 0);
    }
  }
}

/** Learning takes the place of the evidence until there is a first model; later it stands at the side while judging goes on. */
export function drawLearning(station, curve) {
  const {phase, collecting, training, model, message} = station;
  const learning = phase !== 'JUDGING';
  byId('learning').hidden = !learning;
  document.body.dataset.learning = !learning ? 'no' : model ? 'again' : 'first';
  if (!learning) {
    return;
  }
  write(byId('learning-title'), named('learning', phase));
  write(byId('learning-text'), message || (model ? '' : text('learning.unjudged')));
  drawSteps(phase, model);
  const step = phase === 'TRAINING' ? training : null;
  const share = step ? step.share : phase === 'COLLECTING' && collecting ? collecting.collected / collecting.wanted : null;
  drawShare(share, collecting, step);
  drawTraining(step, curve);
}

function drawSteps(phase, model) {
  const steps = [...byId('steps').children];
  const at = steps.findIndex((step) => step.dataset.step === phase);
  byId('steps').hidden = at < 0 || model !== null;
  steps.forEach((step, i) => {
    step.dataset.state = i < at ? 'done' : i === at ? 'now' : 'next';
    step.setAttribute('aria-current', i === at ? 'step' : 'false');
  });
}

function drawShare(share, collecting, step) {
  const name = share === null ? '' : step ? percent(share, 0) : text('learning.collected', whole(collecting.collected), whole(collecting.wanted));
  byId('bar').dataset.testid = step ? 'training-progress' : 'collecting-progress';
  drawBar(share, name, timeLeft(step), byId('learning-title').textContent);
}
