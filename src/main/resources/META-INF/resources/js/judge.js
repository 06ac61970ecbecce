/** Judging images from this computer: dropped anywhere on the page, or chosen. One after the other; the last answer is shown. */
import * as api from './api.js';
import {byId, write} from './dom.js';
import {hush, tell} from './notice.js';
import {text} from './texts.js';

const AT_ONCE = 50;

export class Judge {
  #recipe;
  #onJudged;
  #busy = false;

  /** @param recipe gives the recipe at hand; @param onJudged takes the inspection */
  constructor(recipe, onJudged) {
    this.#recipe = recipe;
    this.#onJudged = onJudged;
    const input = byId('drop-file');
    input.addEventListener('change', async () => {
      await this.#judge([...input.files]);
      input.value = '';
    });
    this.#acceptDrops();
  }

  #acceptDrops() {
    const veil = byId('drop-veil');
    const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
    addEventListener('dragover', (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
        veil.hidden = false;
      }
    });
    addEventListener('dragleave', (event) => {
      if (event.relatedTarget === null) {
        veil.hidden = true;
      }
    });
    addEventListener('drop', (event) => {
      veil.hidden = true;
      if (carriesFiles(event)) {
        event.preventDefault();
        this.#judge([...event.dataTransfer.files]);
      }
    });
  }

  async #judge(files) {
    if (this.#busy || files.length === 0) {
      return;
    }
    this.#busy = true;
    hush();
    byId('drop').dataset.busy = 'true';
    const some = files.slice(0, AT_ONCE);
    for (const [i, file] of some.entries()) {
      write(byId('drop-text'), text('judge.busy', file.name, i + 1, some.length));
      try {
        this.#onJudged(await api.judge(file, this.#recipe()));
      } catch (problem) {
        tell(file.name, problem);
      }
    }
    write(byId('drop-text'), text('judge.invite'));
    delete byId('drop').dataset.busy;
    this.#busy = false;
  }
}
