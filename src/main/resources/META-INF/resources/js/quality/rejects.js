/** Whether the promised share of good parts that may be rejected is kept, as far as people have said what NG parts were. */
import {byId, element, write, writeFacts} from '../dom.js';
import {percent, whole} from '../format.js';
import {text} from '../texts.js';
import {wilson} from './wilson.js';

export function drawRejects(promised, buckets, {okBad, ngGood, ngBad}) {
  const sum = (count) => buckets.reduce((all, {counts}) => all + count(counts), 0);
  const judged = sum(({ok, ng}) => ok + ng);
  const ng = sum((counts) => counts.ng);
  const good = Math.max(0, judged - okBad - ngBad);
  const most = wilson(Math.max(0, ng - ngBad), good);
  const said = wilson(ngGood, good);
  write(byId('rejects-verdict'), text(`quality.verdict.${outcome(promised, most, said)}`));
  byId('rejects-verdict').dataset.outcome = outcome(promised, most, said);
  writeFacts(byId('rejects'), [
    [text('quality.promised'), promised === null ? null : percent(promised, 2)],
    [text('quality.reviewedShare'), good === 0 ? null : told(ngGood, good, said)],
    [text('quality.ngShare'), judged === 0 ? null : `${percent(ng / judged, 2)}, ${text('quality.ofParts', whole(ng), whole(judged))}: ${text('quality.ngShareWhat')}`],
  ]);
  const open = ng - ngGood - ngBad;
  write(byId('unreviewed'), open > 0 ? text('quality.unreviewed', whole(open)) : '');
  drawWhisker(promised, good === 0 ? null : {share: ngGood / good, ...said});
}

/** @param most where every NG part that nobody spoke of was good; @param said where each of them was bad */
function outcome(promised, most, said) {
  if (promised === null) {
    return 'none';
  }
  return said.from > promised ? 'broken' : most.until <= promised ? 'kept' : 'open';
}

const told = (n, of, {from, until}) => `${percent(n / of, 2)}, ${text('quality.ofParts', whole(n), whole(of))}: ${text('quality.band', percent(from, 2), percent(until, 2))}`;

/** The band against the promise, on a scale from nothing to what is needed. */
function drawWhisker(promised, actual) {
  const whisker = byId('whisker');
  whisker.hidden = promised === null || actual === null;
  if (whisker.hidden) {
    return;
  }
  const scale = 1.25 * Math.max(promised, actual.until);
  const at = (share) => `${(100 * share) / scale}%`;
  const limit = element('i', {class: 'limit'});
  const band = element('i', {class: 'band'});
  const dot = element('i', {class: 'dot'});
  limit.style.left = at(promised);
  band.style.left = at(actual.from);
  band.style.width = at(actual.until - actual.from);
  dot.style.left = at(actual.share);
  whisker.replaceChildren(band, limit, dot);
}
