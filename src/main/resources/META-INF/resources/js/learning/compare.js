/** What is told of two models side by side: figures as rows of `[name, of the one, of the other]`. */
import {clock, duration, fixed, percent, score, shortDigest, whole} from '../format.js';
import {text} from '../texts.js';

const MEBIBYTE = 1 << 20;

/** @param a as the station tells of one model: manifest and report */
export function compared(a, b, now) {
  const [one, other] = [told(a, now), told(b, now)];
  return Object.keys(one).map((key) => [text(key), one[key], other[key]]);
}

function told({inUse, manifest, report}, now) {
  const {createdAt, preprocessing, density, provenance: from, files} = manifest;
  return {
    'models.state': text(inUse ? 'modelState.IN_USE' : 'compare.notInUse'),
    'models.made': clock(createdAt, now),
    'models.parent': from.parent ? shortDigest(from.parent) : '–',
    'model.encoder': from.encoder,
    'compare.lesson': from.lesson,
    'compare.trained': from.steps > 0 ? text('compare.trainedValue', whole(from.steps), duration(from.seconds)) : '–',
    'compare.startedFrom': from.startedFrom ?? '–',
    'compare.frame': text('compare.frameValue', whole(preprocessing.widthPx), whole(preprocessing.heightPx)),
    'model.density': density,
    'compare.normals': whole(from.normals),
    'compare.heldOut': whole(from.heldOut),
    'model.budget': percent(report.settings?.falseRejectBudget),
    'model.threshold': score(report.threshold),
    'compare.unseen': fixed(report.fusedEvidence, 3),
    'compare.seed': String(from.seed),
    'compare.size': text('compare.sizeValue', fixed(files.reduce((sum, file) => sum + file.bytes, 0) / MEBIBYTE, 1)),
    'compare.software': from.software,
    'compare.reasons': from.reasons.join('\n'),
  };
}
