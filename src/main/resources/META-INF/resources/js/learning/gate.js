/** The gate, rule by rule: each with its sign, its name and the sentence with the figures. */
import {element, icon, writeList} from '../dom.js';
import {named, text} from '../texts.js';

/** @param checks `{rule, passed, sentence}`; none hides the table */
export function drawGate(table, checks) {
  table.hidden = checks.length === 0;
  let rows = table.querySelector('tbody');
  if (!rows) {
    rows = element('tbody');
    table.append(rows);
  }
  writeList(rows, checks, ({rule, passed, sentence}) => `${rule} ${passed} ${sentence}`, row);
}

function row({rule, passed, sentence}) {
  const sign = element('span', {class: 'sign'}, icon(passed ? 'ok' : 'ng'), element('span', {class: 'visually-hidden'}, text(passed ? 'gate.passed' : 'gate.failed')));
  return element('tr', {'data-passed': String(passed), 'data-rule': rule}, element('td', {}, sign), element('th', {scope: 'row'}, named('gateRule', rule)), element('td', {}, sentence));
}
