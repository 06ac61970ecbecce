/** The part that was chosen: its image and figures and what people say of it; or two of them side by side. */
import {byId, element, write, writeFacts} from '../dom.js';
import {partName} from '../format.js';
import {told} from '../part.js';
import {Review} from '../review.js';
import {text} from '../texts.js';
import {Viewer} from '../viewer.js';

export class Part {
  #now;
  #a = new Viewer(byId('viewer-a'), (at) => this.#b.follow(at));
  #b = new Viewer(byId('viewer-b'), (at) => this.#a.follow(at));
  #review;
  #chosen = null;
  /** The first of two; null while none are compared. */
  #first = null;

  /** @param now gives the station's time; @param problem shows one; @param heard told of the id of a part and the word on it */
  constructor(now, problem, heard) {
    this.#now = now;
    this.#review = new Review(problem, ({id}, word) => heard(id, word), byId('who'));
    byId('compare').addEventListener('click', () => this.toggleComparing());
    this.#draw();
  }

  choose(inspection) {
    this.#chosen = inspection;
    this.#draw();
  }

  say(truth) {
    if (this.#first === null) {
      this.#review.say(truth);
    }
  }

  toggleComparing() {
    this.#first = this.#first === null ? this.#chosen : null;
    this.#draw();
  }

  endComparing() {
    this.#first = null;
    this.#draw();
  }

  toggleHeat() {
    byId('viewers').dataset.heat = byId('viewers').dataset.heat === 'off' ? 'on' : 'off';
  }

  #draw() {
    const chosen = this.#chosen;
    const comparing = this.#first !== null;
    const two = comparing && this.#first.id !== chosen.id;
    byId('part-none').hidden = chosen !== null;
    byId('viewers').hidden = chosen === null;
    byId('compare').hidden = chosen === null;
    byId('compare').setAttribute('aria-pressed', String(comparing));
    write(byId('compare-words'), text(comparing ? 'part.compareEnd' : 'part.compare'));
    write(byId('part-title'), text(two ? 'part.comparison' : 'part.title'));
    byId('compare-hint').hidden = !comparing || two;
    byId('viewer-b').hidden = !two;
    byId('one').hidden = chosen === null || two;
    byId('comparison').hidden = !two;
    this.#a.show(comparing ? this.#first : chosen);
    this.#b.show(two ? chosen : null);
    this.#review.draw(two ? null : chosen);
    if (two) {
      this.#drawComparison();
    } else if (chosen) {
      writeFacts(byId('facts'), told(chosen, this.#now()));
    }
  }

  #drawComparison() {
    const [a, b] = [this.#first, this.#chosen].map((one) => told(one, this.#now()));
    write(byId('compare-a'), partName(this.#first));
    write(byId('compare-b'), partName(this.#chosen));
    byId('compare-rows').replaceChildren(...a.map(([name, value], i) => [name, value, b[i][1]]).filter(([, one, other]) => (one ?? other ?? '') !== '').map(figure));
  }
}

function figure([name, one, other]) {
  const differs = one !== other;
  const heading = element('th', {scope: 'row'}, name);
  if (differs) {
    heading.append(element('span', {class: 'visually-hidden'}, text('compare.differs')));
  }
  return element('tr', {'data-differs': String(differs)}, heading, element('td', {}, one ?? '–'), element('td', {}, other ?? '–'));
}
