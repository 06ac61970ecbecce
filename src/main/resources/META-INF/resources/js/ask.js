/** Asks before something that is not taken back easily, in somebody's name, and shows in place what the station has against it. */
import {byId, write} from './dom.js';
import {Speaker} from './speaker.js';
import {said} from './texts.js';

export class Ask {
  #dialog = byId('ask');
  #speaker = new Speaker(byId('ask-name'), byId('ask-asked'));
  #act = null;
  #anywayWhere = null;
  #busy = false;

  constructor() {
    byId('ask-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go(false);
    });
    byId('ask-anyway').addEventListener('click', () => this.#go(true));
    byId('ask-cancel').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('cancel', (event) => this.#busy && event.preventDefault());
  }

  /**
   * @param question `{title, words, go, reason, anywayWhere}`: whether to ask for a reason; the code of a refusal that can be overruled
   * @param act takes `{by, reason, anyway}`; the dialog stays open where it fails
   */
  open({title, words, go, reason = false, anywayWhere = null}, act) {
    this.#act = act;
    this.#anywayWhere = anywayWhere;
    write(byId('ask-title'), title);
    write(byId('ask-text'), words);
    write(byId('ask-go'), go);
    write(byId('ask-asked'), '');
    byId('ask-reason-row').hidden = !reason;
    byId('ask-reason').value = '';
    this.#refused(null);
    this.#dialog.showModal();
    (byId('ask-name').value === '' ? byId('ask-name') : reason ? byId('ask-reason') : byId('ask-go')).focus();
  }

  async #go(anyway) {
    const by = this.#speaker.name();
    if (by === null || this.#busy) {
      return;
    }
    this.#setBusy(true);
    this.#refused(null);
    try {
      await this.#act({by, reason: byId('ask-reason').value.trim(), anyway});
      this.#dialog.close();
    } catch (problem) {
      this.#refused(problem);
    }
    this.#setBusy(false);
  }

  #setBusy(busy) {
    this.#busy = busy;
    for (const id of ['ask-go', 'ask-anyway', 'ask-cancel']) {
      byId(id).disabled = busy;
    }
    this.#dialog.setAttribute('aria-busy', String(busy));
  }

  #refused(problem) {
    byId('ask-refusal').hidden = problem === null;
    byId('ask-anyway').hidden = problem === null || problem.code !== this.#anywayWhere;
    write(byId('ask-refusal-title'), problem ? said('fault', problem.code, problem.title ?? problem.message) : '');
    write(byId('ask-refusal-detail'), problem?.detail ?? '');
    write(byId('ask-refusal-code'), problem?.code ?? '');
  }
}
