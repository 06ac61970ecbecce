/** A unified difference with a sign, a word for whoever does not see colours, and colours. */
import {element} from '../dom.js';
import {text} from '../texts.js';

const KINDS = {'+': 'ins', '-': 'del'};

export function drawDifference(host, difference) {
  const lines = difference.split('\n').filter((line, i, all) => !/^(---|\+\+\+) /.test(line) && !(line === '' && i === all.length - 1));
  host.replaceChildren(...(lines.length === 0 ? [text('document.noDifference')] : lines.map((line) => element(KINDS[line[0]] ?? 'span', {class: line.startsWith('@@') ? 'place' : null}, `${line}\n`))));
}
