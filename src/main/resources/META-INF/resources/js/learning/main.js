/**
 * Puts the page of models and learning together. What the station learns now is asked every few seconds; lists that are longer and change
 * seldom are asked anew when that shows that something has happened, after each change made here, and now and then.
 */
import * as api from '../api.js';
import {answered, failed} from '../connection.js';
import {byId, write} from '../dom.js';
import {hush, tell} from '../notice.js';
import {Speaker} from '../speaker.js';
import {text} from '../texts.js';
import '../top.js';
import {Ask} from '../ask.js';
import {drawAttempts} from './attempts.js';
import {Models} from './models.js';
import {Golden, Normals} from './normals.js';
import {Now} from './now.js';
import {Trial} from './trial.js';

const POLL_MILLIS = 3_000;
const LISTS_MILLIS = 30_000;

const known = {station: null, learning: null, models: null, history: null, normals: null, golden: null};
let recipe = new URLSearchParams(location.search).get('recipe');
let serverMinusTicker = Date.now() - performance.now();
let listedAt = -Infinity;
let listedFor = null;
/** Grows with every round, so that an answer that is overtaken is known as such. */
let round = 0;
let timer = null;

const speaker = new Speaker(byId('who'), byId('who-asked'));
const ask = new Ask();
const learn = async (what, wish) => {
  await api.learn(what, recipe, wish);
  await refresh(true);
};
const ofRecipe = () => recipe;
const views = {
  now: new Now(act, ask, learn),
  trial: new Trial(ask, learn),
  models: new Models(ofRecipe, ask, () => refresh(true)),
  normals: new Normals(ofRecipe, act),
  golden: new Golden(ofRecipe, ask, () => refresh(true)),
};

/** Has something done in somebody's name, and shows what has come of it. */
async function act(name, call) {
  const by = speaker.name();
  if (by === null) {
    return;
  }
  hush();
  try {
    await call(by);
  } catch (problem) {
    tell(name, problem);
  }
  await refresh(true);
}

/** @param all whether to ask for the lists whatever has happened */
async function refresh(all = false) {
  const mine = ++round;
  clearTimeout(timer);
  try {
    const due = all || performance.now() - listedAt > LISTS_MILLIS;
    const station = due || recipe === null ? await api.station() : known.station;
    recipe ??= station.recipe;
    const learning = await api.learning(recipe);
    const happened = JSON.stringify(learning.attempts.map(({id, state}) => [id, state]));
    const lists = due || happened !== listedFor ? await listed() : {};
    if (mine !== round) {
      return;
    }
    if (lists.models) {
      listedAt = performance.now();
      listedFor = happened;
    }
    if (station !== known.station) {
      serverMinusTicker = Date.parse(station.serverTime) - performance.now();
    }
    Object.assign(known, {station, learning}, lists);
    answered();
    draw();
  } catch (problem) {
    if (mine === round) {
      failed(problem);
    }
  }
  if (mine === round) {
    timer = document.hidden ? null : setTimeout(refresh, POLL_MILLIS);
  }
}

async function listed() {
  const [models, history, normals, golden] = await Promise.all([api.models(recipe), api.modelHistory(recipe), api.normals(recipe), api.golden(recipe)]);
  return {models, history, normals, golden};
}

function draw() {
  const {station, learning, models, history, normals, golden} = known;
  const now = performance.now() + serverMinusTicker;
  write(byId('station-name'), station.name);
  write(byId('recipe'), recipe);
  document.title = text('learning.pageTitle', station.name);
  views.now.draw(learning);
  views.trial.draw(learning);
  views.models.draw(models, history, learning.candidate?.digest ?? null, now);
  views.normals.draw(normals, now);
  views.golden.draw(golden, now);
  drawAttempts(learning.attempts, now);
  document.body.dataset.drawn = 'true';
}

document.addEventListener('visibilitychange', () => !document.hidden && refresh());
refresh(true);
