/** The candidate that judges beside the model in use: the gate it passed, how far its trial is, and on which parts the two differ. */
import {byId, element, write, writeFacts, writeList} from '../dom.js';
import {probability, shortDigest, whole} from '../format.js';
import {fillBar} from '../progress.js';
import {named, text, verdictWord} from '../texts.js';
import {drawGate} from './gate.js';
import {Pager} from '../pager.js';
import {mark, picture} from '../tiles.js';

const ON_A_PAGE = 12;

export class Trial {
  #pager = new Pager(byId('differences-pager'), ON_A_PAGE, (items) => writeList(byId('differences'), items, (one) => one.inspection, difference));

  /** @param ask the dialog; @param learn `(what, wish)` */
  constructor(ask, learn) {
    for (const what of ['promote', 'discard']) {
      byId(what).addEventListener('click', () =>
        ask.open({title: text(`${what}.title`), words: text(`${what}.words`), go: text(`trial.${what}`)}, ({by}) => learn(`candidate/${what}`, {by})));
    }
  }

  draw({candidate, attempts}) {
    byId('trial-none').hidden = candidate !== null;
    byId('trial').hidden = candidate === null;
    if (candidate === null) {
      return;
    }
    const attempt = attempts.find((one) => one.id === candidate.id);
    const {digest, speed, ready, parts, wanted, onlyCandidateStops, onlyActiveStops, differences} = candidate;
    write(byId('trial-state'), ready ? attempt?.detail ?? text('trial.ready') : text('trial.judges', whole(parts), whole(wanted)));
    writeFacts(byId('trial-facts'), [
      [text('models.digest'), shortDigest(digest)],
      [text('attempt.speed'), named('speed', speed)],
      [text('attempt.by'), attempt ? named('by', attempt.by) : null],
      [text('attempt.why'), attempt?.why],
      [text('attempt.parts'), attempt && attempt.learntFrom !== null ? text('attempt.partsValue', whole(attempt.learntFrom), whole(attempt.heldOut), attempt.doubtful) : null],
    ]);
    byId('trial-facts').querySelector('dd').title = digest;
    byId('trial-bar').hidden = ready;
    fillBar(byId('trial-bar'), wanted > 0 ? parts / wanted : 1, text('trial.progress', whole(parts), whole(wanted)), text('trial.title'));
    write(byId('trial-counts'), parts > 0 ? text('trial.counts', whole(onlyCandidateStops), whole(onlyActiveStops)) : text('trial.waits'));
    byId('trial-counts').hidden = ready;
    drawGate(byId('trial-gate'), attempt?.gate ?? []);
    byId('differences-title').hidden = differences.length === 0;
    write(byId('differences-title'), text('differences.title', whole(differences.length)));
    this.#pager.show([...differences].reverse());
  }
}

function difference({inspection, verdict, candidateVerdict, pValue, candidatePValue}) {
  const at = `/api/inspections/${inspection}`;
  return element('li', {class: 'tile', 'data-testid': 'difference'},
    picture(`${at}/image`, inspection, `${at}/heat-map`),
    element('p', {}, element('span', {class: 'muted'}, text('differences.active')), mark(verdict, said(verdict, pValue))),
    element('p', {}, element('span', {class: 'muted'}, text('differences.candidate')), mark(candidateVerdict, said(candidateVerdict, candidatePValue))));
}

const said = (verdict, p) => (p === null ? verdictWord(verdict) : text('differences.said', verdictWord(verdict), probability(p)));
