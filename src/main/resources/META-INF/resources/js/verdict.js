/** The verdict beside the part: word, shape and colour; how odd the part is; where it stands against the threshold. */
import {byId, write, writeFacts} from './dom.js';
import {clock, fixed, partName, probability, score, shortDigest, whole} from './format.js';
import {named, said, text, verdictWord} from './texts.js';

const ANNOUNCE_MILLIS = 3_000;
const THRESHOLD_AT = 70;
const FLOOR_AT = 6;

export class VerdictView {
  #badge = byId('verdict');
  #announced = null;
  #announcedAt = -Infinity;

  /**
   * @param inspection the part whose image stands on the stage, or null before the first
   * @param context `{stale: null | 'lost' | 'pinned', recent, model, now}`
   */
  draw(inspection, context) {
    const verdict = inspection?.verdict ?? 'NONE';
    this.#badge.dataset.verdict = verdict;
    byId('stage').dataset.verdict = verdict;
    byId('verdict').parentElement.dataset.reason = inspection?.reason?.code ?? '';
    document.body.dataset.stale = context.stale ?? 'no';
    const icon = `/icons.svg#${verdict.toLowerCase()}`;
    if (byId('verdict-icon').getAttribute('href') !== icon) {
      byId('verdict-icon').setAttribute('href', icon);
    }
    write(byId('verdict-word'), inspection ? verdictWord(verdict) : text('verdict.NONE'));
    byId('stale').hidden = !context.stale || !inspection;
    write(byId('stale'), context.stale ? text(`verdict.stale.${context.stale}`) : '');
    byId('evidence').hidden = !inspection;
    if (inspection) {
      this.#drawOdds(inspection, context.model?.heldOut);
      this.#drawGauge(inspection, context.recent);
      this.#drawFacts(inspection, context.now, context.model?.digest);
      this.#announce(inspection);
    }
  }

  #drawOdds({oneIn, pValue, reason, verdict}, heldOut) {
    const judged = verdict !== 'UNJUDGED';
    const headline = oneIn < 1.5 ? text('odds.usual') : text('odds.headline', whole(oneIn));
    const extreme = heldOut && pValue * (heldOut + 1) < 1.001;
    write(byId('odds'), judged ? headline : '');
    write(byId('odds-more'), judged ? text(extreme ? 'odds.extreme' : 'odds.p', probability(pValue), heldOut) : '');
    byId('odds').hidden = byId('odds-more').hidden = byId('gauge').hidden = !judged;
    byId('reason').hidden = judged;
    write(byId('reason'), reason ? said('reason', reason.code, reason.message) : '');
    byId('reason').title = reason?.message ?? '';
  }

  /** The threshold stands still at 70 % of the bar, the lowest recent score at its left end; what is off the scale ends at its right. */
  #drawGauge({score: value, threshold, bundle}, recent) {
    if (value === null) {
      return;
    }
    const scores = recent.filter((item) => item.bundle === bundle && item.score !== null).map((item) => item.score);
    const floor = Math.min(value, ...scores);
    const span = threshold > floor ? threshold - floor : Math.abs(threshold) || 1;
    const at = THRESHOLD_AT + ((THRESHOLD_AT - FLOOR_AT) * (value - threshold)) / span;
    const gauge = byId('gauge');
    gauge.style.setProperty('--at', `${Math.min(98.5, Math.max(1.5, at))}%`);
    gauge.dataset.over = String(value > threshold);
    gauge.setAttribute('aria-label', text('gauge.label', score(value), score(threshold)));
    write(byId('gauge-score'), text('gauge.score', score(value)));
    write(byId('gauge-threshold'), text('gauge.threshold', score(threshold)));
  }

  #drawFacts(inspection, now, model) {
    const {lot, recipe, capturedAt, timings, source, bundle} = inspection;
    writeFacts(byId('facts'), [
      [text('fact.part'), partName(inspection)],
      [text('fact.lot'), lot],
      [text('fact.recipe'), recipe],
      [text('fact.time'), clock(capturedAt, now)],
      [text('fact.took'), timings ? text('milliseconds', fixed(timings.totalMillis, timings.totalMillis < 10 ? 1 : 0)) : null],
      [text('fact.source'), named('source', source)],
      [text('fact.bundle'), bundle && bundle !== model ? shortDigest(bundle) : null],
    ]);
  }

  /** Says a verdict aloud where it differs from the last one said, not more often than can be listened to. */
  #announce(inspection) {
    const now = performance.now();
    if (inspection.verdict !== this.#announced && now - this.#announcedAt >= ANNOUNCE_MILLIS) {
      this.#announced = inspection.verdict;
      this.#announcedAt = now;
      write(byId('announcer'), text('announce', verdictWord(inspection.verdict), partName(inspection), byId('odds').textContent || byId('reason').textContent));
    }
  }
}
