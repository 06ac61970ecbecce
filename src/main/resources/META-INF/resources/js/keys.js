/** Keys of a page, and the list of them. A key that is typed into a field is that field's. */
import {byId, writeFacts} from './dom.js';

/**
 * @param acts by key: a letter in lower case, or the key's name; @param told `[keys, what they do]`, for the list
 */
export function listen(acts, told) {
  const keys = {...acts, '?': () => byId('help').showModal()};
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input:not([type=checkbox], [type=file]), select, textarea, dialog');
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  });
  byId('help-open').addEventListener('click', () => byId('help').showModal());
  writeFacts(byId('help-keys'), told);
}
