/** What every page has at its top: the way to the other pages, and to the other language. */
import {element} from './dom.js';
import {choose, fillIn, OTHER, text} from './texts.js';

const PAGES = [['line', '/'], ['history', '/history.html'], ['quality', '/quality.html'], ['learning', '/learning.html'], ['setup', '/setup.html']];
/** Pages that belong to one of those. */
const BELONGS = {'/index.html': '/', '/review.html': '/history.html'};

fillIn(document);

const here = BELONGS[location.pathname] ?? location.pathname;
const nav = document.querySelector('nav.pages');
nav.append(...PAGES.map(([name, address]) =>
  element('a', {href: address, 'data-testid': `to-${name}`, 'aria-current': address === here ? 'page' : null}, text(`pages.${name}`))));

const language = element('button', {type: 'button', class: 'quiet language', lang: OTHER.html, 'data-testid': 'language'}, OTHER.name);
language.addEventListener('click', () => choose(OTHER.code));
document.getElementById('theme-toggle').before(language);

document.body.prepend(element('a', {class: 'skip', href: '#main'}, text('pages.skip')));
