/** Lets somebody in: by name and password, or, on a station that nobody has claimed, by the code from its log or label. */
import * as api from '../api.js';
import {byId, write} from '../dom.js';
import {fillIn, text} from '../texts.js';

fillIn(document);
document.title = text('login.title');

/** Only a place on this station. */
function wanted() {
  const to = new URL(new URLSearchParams(location.search).get('to') ?? '/', location.origin);
  return to.origin === location.origin && to.pathname !== '/login.html' ? to.pathname + to.search : '/';
}

function show(session) {
  const claim = !session.claimed;
  write(byId('login-heading'), text(claim ? 'claim.heading' : 'login.heading'));
  document.body.dataset.does = claim ? 'claim' : 'login';
  byId('code-row').hidden = byId('again-row').hidden = !claim;
  byId('code').required = byId('again').required = claim;
  byId('claim-what').hidden = !claim;
  byId('rule').hidden = !claim;
  byId('password').autocomplete = claim ? 'new-password' : 'current-password';
  if (claim) {
    byId('password').minLength = 10;
  }
  write(byId('go'), text(claim ? 'claim.go' : 'login.go'));
  byId('form').hidden = !session.secretsWelcome;
  byId('needs-tls').hidden = session.secretsWelcome;
  showTls(session);
  write(byId('trouble'), session.problem ?? '');
  byId('look-on').hidden = !session.openViewing;
  document.body.dataset.drawn = 'true';
  if (session.secretsWelcome) {
    byId(claim ? 'code' : 'name').focus();
  }
}

/** The name that somebody has for the station stays; the port is another one. */
function showTls(session) {
  const tls = session.tls;
  byId('to-tls').hidden = !tls?.port;
  byId('no-tls').hidden = Boolean(tls?.port);
  byId('fingerprint-row').hidden = !tls?.fingerprint;
  if (tls?.port) {
    byId('to-tls').href = `https://${location.hostname}:${tls.port}${location.pathname}${location.search}`;
    write(byId('fingerprint'), tls.fingerprint);
  }
}

async function submit(event) {
  event.preventDefault();
  const claim = document.body.dataset.does === 'claim';
  const [name, password] = [byId('name').value.trim(), byId('password').value];
  if (claim && password !== byId('again').value) {
    refused({title: text('password.differ')});
    byId('again').focus();
    return;
  }
  busy(true);
  try {
    await (claim ? api.claim(byId('code').value, name, password) : api.logIn(name, password));
    location.replace(wanted());
  } catch (problem) {
    refused(problem);
    busy(false);
    byId('password').select();
  }
}

function refused(problem) {
  byId('refusal').hidden = false;
  write(byId('refusal-title'), problem.title ?? problem.message);
  write(byId('refusal-detail'), problem.detail ?? '');
  write(byId('refusal-code'), problem.code ?? '');
}

function busy(is) {
  byId('go').disabled = is;
  byId('form').setAttribute('aria-busy', String(is));
}

byId('form').addEventListener('submit', submit);
api.session().then((session) => (session.kind === 'PERSON' ? location.replace(wanted()) : show(session)), (problem) => write(byId('trouble'), `${problem.title}. ${problem.detail}`));
