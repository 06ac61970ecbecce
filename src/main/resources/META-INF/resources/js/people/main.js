/** The page of people: who may do what, tokens for machines, and everybody's own password. */
import * as api from '../api.js';
import {byId, copy, element, write, writeList} from '../dom.js';
import {hush, tell} from '../notice.js';
import {loginAddress, whoIsThere} from '../session.js';
import {text} from '../texts.js';
import '../top.js';

const ROLES = ['viewer', 'operator', 'engineer', 'admin'];
const DATE = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium'});
const MOMENT = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});

document.title = text('people.pageTitle');

/** What the dialog is for at the moment; takes what was typed. */
let asked = null;

async function refresh() {
  const [people, tokens] = await Promise.all([api.people(), api.tokens()]);
  writeList(byId('people'), people.items, (one) => one.name, personRow, (row, one) => (row.querySelector('select').value = one.role));
  writeList(byId('tokens'), tokens.items, (one) => one.id, tokenRow, drawToken);
  byId('tokens-none').hidden = tokens.items.length > 0;
  document.body.dataset.drawn = 'true';
}

/** Does something, and shows what has come of it or why nothing has. */
async function act(name, call) {
  hush();
  try {
    await call();
  } catch (problem) {
    tell(name, problem);
  }
  await refresh().catch((problem) => tell(text('people.title'), problem));
}

function personRow(person) {
  const role = element('select', {'aria-label': text('people.roleOf', person.name), 'data-testid': 'role'}, ...roles());
  role.addEventListener('change', () => act(person.name, () => api.changePerson(person.name, {role: role.value})));
  const password = element('button', {type: 'button', 'data-testid': 'new-password'}, text('people.newPassword'));
  password.addEventListener('click', () => ask(text('people.newPasswordOf', person.name), text('people.newPasswordWords'), text('people.newPassword'), true,
    (typed) => api.changePerson(person.name, {password: typed})));
  const remove = element('button', {type: 'button', class: 'danger', 'data-testid': 'remove'}, text('people.remove'));
  remove.addEventListener('click', () => ask(text('people.removeTitle', person.name), text('people.removeWords'), text('people.remove'), false,
    () => api.removePerson(person.name)));
  return element('tr', {'data-testid': 'person'}, element('th', {scope: 'row'}, person.name), element('td', {}, role),
    element('td', {class: 'muted', 'data-heading': text('people.since')}, DATE.format(Date.parse(person.addedAt))), element('td', {class: 'doings'}, password, remove));
}

function tokenRow(token) {
  const revoke = element('button', {type: 'button', class: 'danger', 'data-testid': 'revoke'}, text('tokens.revoke'));
  revoke.addEventListener('click', () => ask(text('tokens.revokeTitle', token.name), text('tokens.revokeWords'), text('tokens.revoke'), false,
    () => api.revokeToken(token.id)));
  return element('tr', {'data-testid': 'token'}, element('th', {scope: 'row'}, token.name), element('td', {}, text(`role.${token.role}`)),
    element('td', {class: 'muted', 'data-heading': text('tokens.ends')}), element('td', {class: 'muted', 'data-heading': text('tokens.lastUse')}), element('td', {class: 'doings'}, revoke));
}

function drawToken(row, token) {
  const ends = token.expiresAt ? text(token.expired ? 'tokens.expired' : 'tokens.until', MOMENT.format(Date.parse(token.expiresAt))) : text('tokens.forGood');
  write(row.children[2], ends);
  write(row.children[3], token.lastUsedAt ? text('tokens.used', MOMENT.format(Date.parse(token.lastUsedAt))) : text('tokens.unused'));
}

/** @param first that a form begins with, and goes back to */
const roles = (first = null) => ROLES.map((role) => element('option', {value: role, selected: role === first ? '' : null}, text(`role.${role}`)));

function ask(title, words, go, password, call) {
  asked = call;
  write(byId('ask-title'), title);
  write(byId('ask-text'), words);
  write(byId('ask-go'), go);
  byId('ask-password-row').hidden = !password;
  byId('ask-password').required = password;
  byId('ask-password').value = '';
  refused(null);
  byId('ask').showModal();
}

function refused(problem) {
  byId('ask-refusal').hidden = problem === null;
  write(byId('ask-refusal-title'), problem?.title ?? '');
  write(byId('ask-refusal-detail'), problem?.detail ?? '');
  write(byId('ask-refusal-code'), problem?.code ?? '');
}

byId('ask-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await asked(byId('ask-password').value);
    byId('ask').close();
    await refresh();
  } catch (problem) {
    refused(problem);
  }
});
byId('ask-cancel').addEventListener('click', () => byId('ask').close());

byId('add-person').addEventListener('submit', (event) => {
  event.preventDefault();
  act(text('people.add'), async () => {
    await api.addPerson({name: byId('person-name').value, role: byId('person-role').value, password: byId('person-password').value});
    event.target.reset();
  });
});

byId('add-token').addEventListener('submit', (event) => {
  event.preventDefault();
  act(text('tokens.add'), async () => {
    const until = byId('token-until').value;
    const made = await api.makeToken({name: byId('token-name').value, role: byId('token-role').value, expiresAt: until ? new Date(`${until}T23:59:59`).toISOString() : null});
    event.target.reset();
    write(byId('made-token'), made.token);
    write(byId('made-what'), text('tokens.made', made.name));
    byId('made').hidden = false;
    byId('made-copy').focus();
  });
});
byId('made-copy').addEventListener('click', () => copy(byId('made-token').textContent));
byId('made-done').addEventListener('click', () => {
  byId('made').hidden = true;
  write(byId('made-token'), '');
});

byId('own-password').addEventListener('submit', async (event) => {
  event.preventDefault();
  hush();
  try {
    await api.changePassword(byId('own-old').value, byId('own-new').value);
    event.target.reset();
    write(byId('own-done'), text('own.done'));
  } catch (problem) {
    write(byId('own-done'), '');
    tell(text('own.title'), problem);
  }
});

for (const id of ['person-role', 'token-role']) {
  byId(id).append(...roles('operator'));
}
whoIsThere((session) => {
  if (session.kind !== 'PERSON') {
    location.replace(loginAddress());
    return;
  }
  const admin = session.role === 'admin';
  byId('people-card').hidden = byId('tokens-card').hidden = !admin;
  write(byId('own-who'), text('own.who', session.who, text(`role.${session.role}`)));
  byId('own-user').value = session.who;
  document.body.dataset.drawn = 'true';
  if (admin) {
    refresh().catch((problem) => tell(text('people.title'), problem));
  }
});
