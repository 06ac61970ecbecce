/** What is told of one part, as rows of `[name, value]`. */
import {clock, partName, probability, score, shortDigest} from './format.js';
import {named, said, text, verdictWord} from './texts.js';

export function told(inspection, now) {
  const {verdict, reason, score: value, threshold, pValue, lot, recipe, capturedAt, source, bundle, document} = inspection;
  return [
    [text('fact.part'), partName(inspection)],
    [text('fact.verdict'), verdictWord(verdict)],
    [text('fact.reason'), reason ? said('reason', reason.code, reason.message) : null],
    [text('fact.score'), value === null ? null : score(value)],
    [text('fact.threshold'), threshold === null ? null : score(threshold)],
    [text('fact.p'), pValue === null ? null : probability(pValue)],
    [text('fact.lot'), lot],
    [text('fact.recipe'), recipe],
    [text('fact.time'), clock(capturedAt, now)],
    [text('fact.source'), named('source', source)],
    [text('fact.bundle'), bundle ? shortDigest(bundle) : null],
    [text('fact.document'), document ? shortDigest(document) : null],
  ];
}
