/** The machine that the station runs on: what it tells of itself is asked for now and then, and what it does not tell is not there. */
import * as api from './api.js';
import {byId, write, writeFacts} from './dom.js';
import {fixed, percent, whole} from './format.js';
import {text} from './texts.js';

const ASK_MILLIS = 5_000;
const GIBIBYTE = 2 ** 30;

/** @param failed told of a drawing that failed; a station that does not answer is told of elsewhere */
export async function watchDevice(failed) {
  if (!document.hidden) {
    const device = await api.device().catch(() => null);
    try {
      draw(device);
    } catch (error) {
      failed(error);
    }
  }
  setTimeout(() => watchDevice(failed), ASK_MILLIS);
}

function draw(device) {
  const now = device ? atPresent(device) : '';
  const facts = device ? lasting(device) : [];
  byId('device').hidden = !device || (now === '' && facts.every(([, value]) => value === null));
  if (byId('device').hidden) {
    return;
  }
  byId('device').dataset.degraded = String(device.degraded);
  write(byId('device-now'), now);
  byId('device-complaints').hidden = !device.degraded;
  write(byId('device-complaints'), device.complaints.join(' '));
  writeFacts(byId('device-facts'), facts);
}

/** What changes from minute to minute, in one line. */
function atPresent({temperatures, milliwatts, gpuLoad}) {
  const hottest = temperatures.length > 0 ? Math.max(...temperatures.map((one) => one.celsius)) : null;
  return [
    hottest === null ? null : text('device.celsius', whole(hottest)),
    milliwatts === null ? null : text('device.watts', fixed(milliwatts / 1000, 1)),
    gpuLoad === null ? null : text('device.gpu', percent(gpuLoad, 0)),
  ].filter((one) => one !== null).join(', ');
}

function lasting({board, jetPack, jetsonLinux, memory, disks}) {
  const worn = disks.map((one) => one.share).filter((share) => share !== null);
  return [
    [text('device.board'), board],
    [text('device.software'), jetPack ? text('device.jetPack', jetPack) : jetsonLinux ? text('device.jetsonLinux', jetsonLinux) : null],
    [text('device.memory'), memory ? text('device.memoryValue', fixed(memory.availableBytes / GIBIBYTE, 1), fixed(memory.totalBytes / GIBIBYTE, 1)) : null],
    [text('device.disk'), worn.length > 0 ? wear(Math.max(...worn)) : null],
  ];
}

/** A disk says in tenths how much of its life it has used at most; more than all of it where it has outlived that. */
const wear = (share) => (share > 1 ? text('device.outlived') : text('device.used', percent(share, 0)));
