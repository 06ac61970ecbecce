/** Earlier attempts at learning, newest first, each unfolded on demand. */
import {byId, element, write, writeFacts, writeList} from '../dom.js';
import {clock, duration, fixed, shortDigest, whole} from '../format.js';
import {named, text} from '../texts.js';
import {drawGate} from './gate.js';

export function drawAttempts(attempts, now) {
  byId('attempts-none').hidden = attempts.length > 0;
  writeList(byId('attempts'), attempts, (one) => one.id, made, (node, one) => draw(node, one, now));
}

function made({id}) {
  return element('li', {'data-testid': 'attempt', 'data-id': id}, element('details', {}, element('summary', {},
    element('span', {class: 'state'}), element('span', {class: 'title'}), element('span', {class: 'outcome'})),
  element('dl', {class: 'facts'}), element('table', {class: 'gate', 'aria-label': text('gate.label')}), element('pre', {class: 'log', tabindex: '0', 'aria-label': text('attempt.log')})));
}

function draw(node, attempt, now) {
  const {state, speed, by, why, parent, startedAt, endedAt, starts, code, detail, candidate, gate, learntFrom, heldOut, doubtful, log, wattHours} = attempt;
  node.dataset.state = state;
  write(node.querySelector('.state'), named('attemptState', state));
  write(node.querySelector('.title'), text('attempt.title', named('speed', speed), clock(startedAt, now), named('by', by)));
  write(node.querySelector('.outcome'), detail ?? why);
  writeFacts(node.querySelector('dl'), [
    [text('attempt.why'), why],
    [text('attempt.took'), endedAt ? duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : null],
    [text('attempt.energy'), wattHours === null ? null : text('attempt.energyValue', fixed(wattHours, wattHours < 1 ? 3 : 1))],
    [text('attempt.parent'), shortDigest(parent)],
    [text('attempt.candidate'), candidate ? shortDigest(candidate) : null],
    [text('attempt.parts'), learntFrom === null ? null : text('attempt.partsValue', whole(learntFrom), whole(heldOut), doubtful)],
    [text('attempt.starts'), starts > 1 ? whole(starts) : null],
    [text('attempt.code'), code],
  ]);
  drawGate(node.querySelector('table'), gate);
  node.querySelector('pre').hidden = log.length === 0;
  write(node.querySelector('pre'), log.join('\n'));
}
