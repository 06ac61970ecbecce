/** How parts were over time: scores, false rejects against the promise, where NG parts are odd, and what drifts. */
import * as api from '../api.js';
import {failed, follow} from '../connection.js';
import {byId, element, write} from '../dom.js';
import {clock, fixed, percent, score, whole} from '../format.js';
import {text, verdictWord} from '../texts.js';
import '../top.js';
import {Lines} from './lines.js';
import {Pareto} from './pareto.js';
import {drawRejects} from './rejects.js';

const ASK_MILLIS = 30_000;
const SPANS = [8, 24, 168];
const share = (n, of) => (of > 0 ? n / of : null);
const judged = ({counts}) => counts.ok + counts.ng;

const charts = {
  scores: new Lines('scores', score, [
    {name: text('quality.mean'), colour: 'accent', width: 2.5, value: (bucket) => bucket.meanScore},
    {name: text('quality.most'), colour: 'muted', width: 1.5, value: (bucket) => bucket.mostScore},
    {name: text('quality.threshold'), colour: 'text', width: 2, dash: [8, 5], value: (bucket) => bucket.meanThreshold},
  ], {wide: true}),
  drift: new Lines('drift', (value) => percent(value, 1), [
    {name: text('quality.pMost', fixed(0.5, 1)), colour: 'muted', width: 2, value: (bucket) => share(bucket.pMost50, judged(bucket))},
    {name: text('quality.pMost', fixed(0.1, 1)), colour: 'accent', width: 2.5, value: (bucket) => share(bucket.pMost10, judged(bucket))},
    {name: text('quality.pMost', fixed(0.01, 2)), colour: 'ng', width: 2, dash: [6, 4], value: (bucket) => share(bucket.pMost1, judged(bucket))},
  ], {from: 0}),
  counts: new Lines('counts', whole, [
    {name: verdictWord('OK'), colour: 'ok', width: 2, value: ({counts}) => counts.ok},
    {name: verdictWord('NG'), colour: 'ng', width: 2.5, dash: [8, 4], value: ({counts}) => counts.ng},
    {name: verdictWord('UNJUDGED'), colour: 'unjudged', width: 2, dash: [2, 4], value: ({counts}) => counts.unjudged},
  ], {from: 0}),
  light: new Lines('light', (value) => percent(value, 1), [
    {name: text('quality.brightness'), colour: 'accent', width: 2.5, value: (point) => point.brightness},
    {name: text('quality.contrast'), colour: 'text', width: 2, dash: [8, 5], value: (point) => point.contrast},
    {name: text('quality.sharpness'), colour: 'muted', width: 2, dash: [2, 4], value: (point) => point.sharpness},
  ]),
};
const pareto = new Pareto();
let hours = SPANS.includes(Number(new URLSearchParams(location.search).get('hours'))) ? Number(new URLSearchParams(location.search).get('hours')) : SPANS[0];
let recipe = new URLSearchParams(location.search).get('recipe');

async function refresh() {
  const station = await api.station();
  recipe ??= station.recipe;
  const asked = hours;
  const quality = await api.quality(recipe, asked);
  if (asked === hours) {
    write(byId('station-name'), station.name);
    write(byId('recipe'), recipe);
    document.title = text('quality.pageTitle', station.name);
    draw(quality, Date.parse(station.serverTime));
    pareto.refresh(recipe, quality.from).catch(failed);
  }
}

function draw({from, until, bucketSeconds, promised, buckets, reviewed, light}, now) {
  const cut = Date.parse(from) > now - hours * 3_600_000 + 1_000 * bucketSeconds;
  byId('cut').hidden = !cut;
  write(byId('cut'), cut ? text('quality.cut', clock(from, now)) : '');
  byId('quality-none').hidden = buckets.length > 0;
  const grid = spread(buckets, bucketSeconds);
  for (const name of ['scores', 'drift', 'counts']) {
    charts[name].draw(grid, now, [from, until]);
  }
  charts.light.draw(light.map((point) => ({...point, from: point.at})), now, [from, until]);
  byId('light-none').hidden = light.length > 0;
  drawRejects(promised, buckets, reviewed);
  for (const button of byId('spans').children) {
    button.setAttribute('aria-pressed', String(Number(button.dataset.hours) === hours));
  }
  document.body.dataset.drawn = 'true';
}

/** With a place for each span in which nothing was judged, so that lines break there. */
function spread(buckets, seconds) {
  return buckets.flatMap((bucket, i) => {
    const before = i === 0 ? null : Date.parse(buckets[i - 1].from) + 1_000 * seconds;
    return before !== null && before < Date.parse(bucket.from) ? [{from: new Date(before).toISOString(), none: true}, bucket] : [bucket];
  });
}

const now = follow(refresh, ASK_MILLIS);
byId('spans').append(...SPANS.map((span) => {
  const button = element('button', {type: 'button', 'data-hours': span, 'data-testid': `hours-${span}`, 'aria-pressed': String(span === hours)}, text('quality.hours', span));
  button.addEventListener('click', () => {
    hours = span;
    const address = new URL(location);
    address.searchParams.set('hours', span);
    history.replaceState(null, '', address);
    now();
  });
  return button;
}));
