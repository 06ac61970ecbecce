/**
 * Every word the page says, in the language of whoever reads it: that which was chosen in this browser, else the browser's own where there is a catalogue, else
 * English. A text is a string, or a function of what it speaks about.
 */
import {TEXTS as ENGLISH} from './texts-en.js';
import {BY_CODE, TEXTS as CHINESE} from './texts-zh.js';

const REMEMBERED = 'kerf.language';
const LANGUAGES = {
  en: {locale: 'en-GB', html: 'en', name: 'English', texts: ENGLISH, byCode: {}},
  zh: {locale: 'zh-CN', html: 'zh-CN', name: '中文', texts: CHINESE, byCode: BY_CODE},
};

const chosen = LANGUAGES[language()];

export const LOCALE = chosen.locale;

document.documentElement.lang = chosen.html;

/** The other language, by its own name. */
export const OTHER = Object.entries(LANGUAGES).map(([code, {name, html}]) => ({code, name, html})).find(({html}) => html !== chosen.html);

function language() {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    if (kept in LANGUAGES) {
      return kept;
    }
  } catch {
    // Nothing may be remembered; the browser's own language then holds.
  }
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((code) => code in LANGUAGES) ?? 'en';
}

/** The page is loaded again in that language. Where nothing may be remembered it stays as it is. */
export function choose(code) {
  localStorage.setItem(REMEMBERED, code);
  location.reload();
}

/** The text of a key; the key itself where the catalogue has none, so that a gap is seen and breaks nothing. */
export function text(key, ...about) {
  const entry = chosen.texts[key];
  return typeof entry === 'function' ? entry(...about) : entry ?? key;
}

/** The text of a key that may come from the server and be unknown here: then what the server said. */
export const named = (prefix, value) => chosen.texts[`${prefix}.${value}`] ?? value;

/** What the server said in English, in the reader's language where the code of it is known. */
export const said = (prefix, code, words) => chosen.byCode[`${prefix}.${code}`] ?? words;

/** A verdict as people of the line call it. */
export const verdictWord = (verdict) => named('verdictWord', verdict);

/** Fills in what the document itself says: `data-t` for content, `data-label` for the accessible name. */
export function fillIn(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = text(node.dataset.t);
  }
  for (const node of root.querySelectorAll('[data-placeholder]')) {
    node.placeholder = text(node.dataset.placeholder);
  }
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', text(node.dataset.label));
    if (node.tagName === 'BUTTON') {
      node.title = text(node.dataset.label);
    }
  }
}
