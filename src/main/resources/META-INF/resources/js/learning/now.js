/** When the station learns next and why not yet, what it learns now, and what a person can ask for. */
import {CurveChart} from '../charts.js';
import {byId, element, write, writeList} from '../dom.js';
import {duration, percent} from '../format.js';
import {drawBar, drawTraining, timeLeft} from '../progress.js';
import {named, text} from '../texts.js';

/** While these stand in the way, something that was asked for may be waiting for them. */
const WAITED_FOR = ['running', 'too-hot', 'disk-short'];

export class Now {
  #curve = new CurveChart();
  #shown = null;

  /** @param act `(name, call)`: has something done in somebody's name; @param ask the dialog; @param learn `(what, wish)` */
  constructor(act, ask, learn) {
    for (const speed of ['refit', 'fine-tune']) {
      byId(speed).addEventListener('click', () => act(text(`speed.${speed}`), (by) => learn('run', {by, speed})));
    }
    byId('pause').addEventListener('click', () => {
      const what = this.#shown?.pausedBy ? 'resume' : 'pause';
      act(text(`now.${what}`), (by) => learn(what, {by}));
    });
    byId('cancel').addEventListener('click', () =>
      ask.open({title: text('cancel.title'), words: text('cancel.words'), go: text('now.cancel')}, ({by}) => learn('cancel', {by})));
  }

  draw(learning) {
    this.#shown = learning;
    const {decision, hindrances, running, candidate, pausedBy, enabled} = learning;
    write(byId('decision'), running ? text('now.running', named('speed', running.speed)) : decision);
    const hinder = hindrances.filter((one) => !running || one !== 'running');
    writeList(byId('hindrances'), running ? [] : hinder, (one) => one, (one) => element('li', {'data-hindrance': one}, named('hindrance', one)));
    byId('hindrances').hidden = running !== null || hinder.length === 0;
    write(byId('standing'), pausedBy ? text('now.pausedBy', pausedBy) : enabled ? '' : text('now.disabled'));
    byId('standing').hidden = byId('standing').textContent === '';
    const idle = !running && !candidate && !hindrances.includes('no-model') && !hindrances.includes('running');
    byId('refit').disabled = byId('fine-tune').disabled = !idle;
    write(byId('pause'), text(pausedBy ? 'now.resume' : 'now.pause'));
    byId('cancel').hidden = !running && !hindrances.some((one) => WAITED_FOR.includes(one));
    byId('running').hidden = running === null;
    if (running) {
      this.#drawRunning(running);
    }
  }

  #drawRunning({speed, why, by, seconds, training}) {
    const stepping = training.step > 0;
    write(byId('running-what'), text('running.what', named('by', by), why, named('trainingStage', training.stage), duration(seconds)));
    drawBar(stepping ? training.share : null, percent(training.share, 0), timeLeft(training), named('speed', speed));
    drawTraining(stepping ? training : null, this.#curve);
  }
}
