/** The machine in full: what it does not tell is not there. */
import {byId, write, writeFacts} from '../dom.js';
import {fixed, percent, whole} from '../format.js';
import {text} from '../texts.js';

const GIBIBYTE = 2 ** 30;

export function drawDevice({board, jetPack, jetsonLinux, complaints, temperatures, rails, milliwatts, gpuLoad, memory, throttling, disks}) {
  byId('device-complaints').hidden = complaints.length === 0;
  write(byId('device-complaints'), complaints.join(' '));
  const rows = [
    [text('device.board'), board],
    [text('device.software'), jetPack ? text('device.jetPack', jetPack) : jetsonLinux ? text('device.jetsonLinux', jetsonLinux) : null],
    [text('device.power'), milliwatts === null ? null : text('device.watts', fixed(milliwatts / 1000, 1))],
    [text('device.load'), gpuLoad === null ? null : percent(gpuLoad, 0)],
    [text('device.memory'), memory ? text('device.memoryValue', fixed(memory.availableBytes / GIBIBYTE, 1), fixed(memory.totalBytes / GIBIBYTE, 1)) : null],
    [text('device.throttled'), throttling.throttled ? throttling.active.map(({type}) => type).join(', ') : null],
    ...temperatures.map(({zone, celsius}) => [zone, text('device.celsius', whole(celsius))]),
    ...rails.map(({name, milliwatts: own}) => [name, own === null ? null : text('device.watts', fixed(own / 1000, 1))]),
    ...disks.map(({disk, share}) => [disk, share === null ? null : share > 1 ? text('device.outlived') : text('device.used', percent(share, 0))]),
  ];
  writeFacts(byId('device-facts'), rows);
  byId('device-none').hidden = byId('device-facts').children.length > 0;
}
