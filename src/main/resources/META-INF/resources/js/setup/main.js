/** What the station is set up to do: its document, and how what it names does. */
import * as api from '../api.js';
import {Ask} from '../ask.js';
import {follow} from '../connection.js';
import {byId, write} from '../dom.js';
import {Speaker} from '../speaker.js';
import {text} from '../texts.js';
import '../top.js';
import {drawDevice} from './device.js';
import {Editor} from './editor.js';
import {Lists} from './lists.js';
import {Versions} from './versions.js';

const ASK_MILLIS = 5_000;

const speaker = new Speaker(byId('who'), byId('who-asked'));
const ask = new Ask();
const editor = new Editor(speaker, () => now());
const versions = new Versions((words, reason) => editor.take(words, reason));
const lists = new Lists(ask, () => now());
let shown = null;

/** What this station does not have is null. */
async function unlessMissing(answer) {
  try {
    return await answer;
  } catch (problem) {
    if (problem.code === 'not-found') {
      return null;
    }
    throw problem;
  }
}

async function refresh() {
  const [station, inForce, device] = await Promise.all([api.station(), api.stationDocument(), api.device()]);
  const [sources, outputs, recipes] = await Promise.all([api.sources(), api.outputs(), api.recipes()].map(unlessMissing));
  const time = Date.parse(station.serverTime);
  write(byId('station-name'), station.name);
  document.title = text('setup.pageTitle', station.name);
  byId('safe-mode').hidden = inForce.refused === null;
  write(byId('safe-mode'), inForce.refused ? text('document.refused', inForce.refused.problems.length) : '');
  editor.draw(inForce, time);
  lists.draw({sources, outputs, recipes}, time);
  drawDevice(device);
  if (shown !== inForce.digest || !document.body.dataset.drawn) {
    shown = inForce.digest;
    versions.draw(await api.documentHistory(), inForce.number, time);
  }
  document.body.dataset.drawn = 'true';
}

const now = follow(refresh, ASK_MILLIS);
