/** A bar with its words, and the figures and the curve of a training process. */
import {byId, write, writeFacts} from './dom.js';
import {duration, fixed, percent, whole} from './format.js';
import {named, text} from './texts.js';

/** @param share 0…1, or null for no bar; @param name of how far it is; @param left of what is left */
export function drawBar(share, name, left, label) {
  const bar = byId('bar');
  bar.hidden = share === null;
  bar.parentElement.querySelector('.bar-text').hidden = share === null;
  if (share === null) {
    return;
  }
  fillBar(bar, share, name, label);
  write(byId('bar-value'), name);
  write(byId('bar-left'), left);
}

export function fillBar(bar, share, name, label) {
  bar.style.setProperty('--share', Math.min(1, Math.max(0, share)));
  bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
  bar.setAttribute('aria-valuetext', name);
  bar.setAttribute('aria-label', label);
}

export const timeLeft = (step) => (step && step.remainingSeconds > 0 ? text('learning.left', duration(step.remainingSeconds)) : '');

/** @param step figures of the training process, or null; @param curve the chart */
export function drawTraining(step, curve) {
  writeFacts(byId('learning-figures'), step ? [
    [text('figure.stage'), named('trainingStage', step.stage)],
    [text('figure.step'), whole(step.step)],
    [text('figure.loss'), fixed(step.loss, 3)],
    [text('figure.accuracy'), percent(step.accuracy)],
    [text('figure.rate'), fixed(step.imagesPerSecond, 1)],
    [text('figure.elapsed'), duration(step.elapsedSeconds)],
  ] : []);
  byId('curve-card').hidden = !step || step.curve.length < 2;
  if (!byId('curve-card').hidden) {
    curve.draw(step.curve);
  }
}
