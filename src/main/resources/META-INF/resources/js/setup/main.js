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
  const [station, document, device] = await Promise.all([api.station(), api.stationDocument(), api.device()]);
  const [sources, outputs, recipes] = await Promise.all([api.sources(), api.outputs(), api.recipes()].map(unlessMissing));
  const time = Date.parse(station.serverTime);
  write(byId('station-name'), station.name);
  window.document.title = text('setup.pageTitle', station.name);
  byId('safe-mode').hidden = document.refused === null;
  write(byId('safe-mode'), document.refused ? text('document.refused', document.refused.problems.length) : '');
  editor.draw(document, time);
  lists.draw({sources, outputs, recipes}, time);
  drawDevice(device);
  if (shown !== document.digest || !window.document.body.dataset.drawn) {
    shown = document.digest;
    versions.draw(await api.documentHistory(), document.number, time);
  }
  window.document.body.dataset.drawn = 'true';
}

const now = follow(refresh, ASK_MILLIS);
