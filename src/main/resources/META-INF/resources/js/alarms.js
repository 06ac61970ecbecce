/** What needs somebody, above everything else on the page. */
import {byId, element, icon, write, writeList} from './dom.js';
import {clock} from './format.js';
import {named, text} from './texts.js';

const SHOWN = 3;

export function drawAlarms(alarms, now) {
  byId('alarms').hidden = alarms.length === 0;
  const shown = alarms.slice(0, SHOWN);
  const more = alarms.length - shown.length;
  writeList(byId('alarm-list'), more > 0 ? [...shown, {more}] : shown, ({code, subject}) => `${code} ${subject}`, made, (node, alarm) => draw(node, alarm, now));
}

function made({code, subject, more}) {
  if (more) {
    return element('li', {'data-code': 'more'});
  }
  const name = named('alarm', code);
  return element('li', {'data-code': code}, icon('alarm'), element('b', {}, subject ? `${name} ${subject}` : name), element('span', {class: 'words'}), element('time'));
}

function draw(node, {words, since, more}, now) {
  if (more) {
    write(node, text('alarms.more', more));
    return;
  }
  write(node.querySelector('.words'), words);
  node.querySelector('.words').title = words;
  write(node.querySelector('time'), text('alarms.since', clock(since, now)));
}
