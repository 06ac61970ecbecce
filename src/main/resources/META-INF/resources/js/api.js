/** The station's HTTP interface. Every call ends: with its answer, a {@link Problem}, or the failure of its time limit. */
import {text} from './texts.js';

const ANSWER_MILLIS = 8_000;
const JUDGE_MILLIS = 60_000;
/** A model is verified, loaded, warmed and shown the golden parts before the answer. */
const CHANGE_MILLIS = 60_000;
const TYPES = {jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', bmp: 'image/bmp', tif: 'image/tiff', tiff: 'image/tiff', webp: 'image/webp'};

/** Codes that more than one try or another page mends. */
const LOG_IN = 'login-needed';
const WRONG_SESSION = 'cross-site';

/** The answer of who is here, while it holds. */
let asked = null;

export const EVENTS = '/api/events';

/** What the station refused, in its own words (RFC 9457); or, with `reached` false, that it did not answer. */
export class Problem extends Error {
  constructor(title, detail, code, reached = true) {
    super(title);
    this.title = title;
    this.detail = detail ?? '';
    this.code = code ?? '';
    this.reached = reached;
  }
}

export const station = () => get('/api/station');

/** The machine that the station runs on. */
export const device = () => get('/api/device');

/** Newest first. */
export const inspections = async (limit) => (await get(`/api/inspections?limit=${limit}`)).items;

/** Has a file judged as a part of the recipe. */
export async function judge(file, recipe) {
  const type = file.type || TYPES[file.name.split('.').pop().toLowerCase()] || 'application/octet-stream';
  const query = recipe ? `?recipe=${encodeURIComponent(recipe)}` : '';
  return send(`/api/inspections${query}`, {method: 'POST', headers: {'Content-Type': type}, body: file}, JUDGE_MILLIS, 'problem.notJudged');
}

/** What was said of a part; null where nothing was. */
export async function review(id) {
  try {
    return await get(`/api/inspections/${id}/review`);
  } catch (problem) {
    if (problem.code === 'not-found') {
      return null;
    }
    throw problem;
  }
}

/** Says what a part was: `GOOD` or `BAD`. */
export const say = (id, truth, by) => send(`/api/inspections/${id}/review`, withBody('PUT', {truth, by}), ANSWER_MILLIS, 'problem.unsure');

export const takeBack = (id, by) => send(`/api/inspections/${id}/review?by=${encodeURIComponent(by)}`, {method: 'DELETE'}, ANSWER_MILLIS, 'problem.unsure');

/** How a recipe's model is kept up to date. */
export const learning = (recipe) => get(`/api/learning?${of(recipe)}`);

/** @param what `run`, `pause`, `resume`, `cancel`, `candidate/promote` or `candidate/discard`; @param wish `{by, speed}` */
export const learn = (what, recipe, wish) => send(`/api/learning/${what}?${of(recipe)}`, withBody('POST', wish), CHANGE_MILLIS, 'problem.unsure');

/** Newest first. */
export const models = (recipe) => get(`/api/models?${of(recipe)}`);

/** Verified byte by byte before it is shown. */
export const model = (digest, recipe) => send(`/api/models/${digest}?${of(recipe)}`, {cache: 'no-store'}, CHANGE_MILLIS);

/** Oldest first. */
export const modelHistory = (recipe) => get(`/api/models/history?${of(recipe)}`);

/** @param wish `{by, reason, anyway}` */
export const activate = (digest, recipe, wish) => send(`/api/models/${digest}/activate?${of(recipe)}`, withBody('POST', wish), CHANGE_MILLIS, 'problem.unsure');

/** @param wish `{by, reason}` */
export const rollBack = (recipe, wish) => send(`/api/models/rollback?${of(recipe)}`, withBody('POST', wish), CHANGE_MILLIS, 'problem.unsure');

export const normals = (recipe) => get(`/api/normals?${of(recipe)}`);

export const normalImage = (id, recipe) => `/api/normals/${id}/image?${of(recipe)}`;

export const confirmNormal = (id, recipe, by) => send(`/api/normals/${id}/confirm?${of(recipe)}`, withBody('POST', {by}), ANSWER_MILLIS, 'problem.unsure');

export const removeNormal = (id, recipe, by) => send(`/api/normals/${id}?${of(recipe)}&by=${encodeURIComponent(by)}`, {method: 'DELETE'}, ANSWER_MILLIS, 'problem.unsure');

export const removeGolden = (id, recipe, by) => send(`/api/golden/${id}?${of(recipe)}&by=${encodeURIComponent(by)}`, {method: 'DELETE'}, ANSWER_MILLIS, 'problem.unsure');

export const golden = (recipe) => get(`/api/golden?${of(recipe)}`);

/** Who is here, and how the station is; asked for once. */
export const session = () => (asked ??= get('/api/session').catch((problem) => {
  asked = null;
  throw problem;
}));

export const logIn = (name, password) => begun(send('/api/session', withBody('POST', {name, password}), CHANGE_MILLIS, 'problem.unsure'));

export const claim = (code, name, password) => begun(send('/api/claim', withBody('POST', {code, name, password}), CHANGE_MILLIS, 'problem.unsure'));

export const logOut = () => send('/api/session', {method: 'DELETE'}, ANSWER_MILLIS);

export const changePassword = (old, password) => begun(send('/api/session/password', withBody('PUT', {old, password}), CHANGE_MILLIS, 'problem.unsure'));

export const people = () => get('/api/people');

/** @param person `{name, role, password}` */
export const addPerson = (person) => send('/api/people', withBody('POST', person), CHANGE_MILLIS, 'problem.unsure');

/** @param change `{role, password}`, either or both */
export const changePerson = (name, change) => send(`/api/people/${encodeURIComponent(name)}`, withBody('PUT', change), CHANGE_MILLIS, 'problem.unsure');

export const removePerson = (name) => send(`/api/people/${encodeURIComponent(name)}`, {method: 'DELETE'}, ANSWER_MILLIS, 'problem.unsure');

export const tokens = () => get('/api/tokens');

/** @param token `{name, role, expiresAt}`; the answer alone has the token itself */
export const makeToken = (token) => send('/api/tokens', withBody('POST', token), ANSWER_MILLIS, 'problem.unsure');

export const revokeToken = (id) => send(`/api/tokens/${id}`, {method: 'DELETE'}, ANSWER_MILLIS, 'problem.unsure');

export const goldenImage = (id, recipe) => `/api/golden/${id}/image?${of(recipe)}`;

/** @param fields of the search, as `URLSearchParams`; @param before `next` of the page before, or null */
export const search = (fields, before, limit) => {
  const query = new URLSearchParams(fields);
  query.set('limit', limit);
  if (before) {
    query.set('before', before);
  }
  return get(`/api/inspections?${query}`);
};

export const inspection = (id) => get(`/api/inspections/${encodeURIComponent(id)}`);

/** @param kind `csv` or `zip` */
export const exportAddress = (kind, fields) => `/api/inspections/export.${kind}?${fields}`;

/** How parts were over the last hours. */
export const quality = (recipe, hours) => get(`/api/quality?${of(recipe)}&hours=${hours}`);

/** The station document in force. */
export const stationDocument = () => get('/api/document');

/** What is wrong with a document, and what it would change. */
export const checkDocument = (words) => send('/api/document/check', yaml('POST', words), ANSWER_MILLIS);

/** @param instead digest of the one it is a change of, or null where there was none; @param wish `{by, reason}` */
export const putDocument = (words, instead, {by, reason}) =>
  send(`/api/document?${new URLSearchParams({by, reason})}`, yaml('PUT', words, instead ? {'If-Match': `"${instead}"`} : {}), CHANGE_MILLIS, 'problem.unsure');

/** Newest first. */
export const documentHistory = () => get('/api/document/history');

export const pastDocument = (number) => get(`/api/document/history/${number}`);

export const sources = () => get('/api/sources');

export const outputs = async () => (await get('/api/outputs')).items;

export const recipes = () => get('/api/recipes');

export const useRecipe = (name, by) => send(`/api/recipes/${encodeURIComponent(name)}/use`, withBody('POST', {by}), CHANGE_MILLIS, 'problem.unsure');

const yaml = (method, words, headers = {}) => ({method, headers: {'Content-Type': 'application/yaml', ...headers}, body: words});

const of = (recipe) => `recipe=${encodeURIComponent(recipe)}`;

const withBody = (method, body) => ({method, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});

const get = (path) => send(path, {cache: 'no-store'}, ANSWER_MILLIS);

/** A session has begun, so who is here is known anew. */
async function begun(answer) {
  const session = await answer;
  asked = Promise.resolve(session);
  return session;
}

/** Whoever has to log in is led there, and a session that was begun in another tab is taken up. @param unanswered key of what it means where no answer comes */
async function send(path, request, millis, unanswered = 'problem.unanswered') {
  try {
    return await sendOnce(path, request, millis, unanswered);
  } catch (problem) {
    if (problem.code === WRONG_SESSION && request.method) {
      asked = null;
      return sendOnce(path, request, millis, unanswered);
    }
    if (problem.code === LOG_IN && location.pathname !== '/login.html') {
      location.assign(`/login.html?to=${encodeURIComponent(location.pathname + location.search)}`);
    }
    throw problem;
  }
}

/** What changes something says by which session. */
async function credentials(request) {
  const csrf = request.method ? (await session()).csrf : null;
  return csrf === null ? {} : {'X-CSRF-Token': csrf};
}

async function sendOnce(path, request, millis, unanswered) {
  const proof = await credentials(request);
  let response;
  try {
    response = await fetch(path, {...request, headers: {Accept: 'application/json, application/problem+json', ...request.headers, ...proof}, signal: AbortSignal.timeout(millis)});
  } catch (cause) {
    throw new Problem(text('problem.unreachable'), text(unanswered), '', false);
  }
  if (response.status === 204) {
    return null;
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Problem(body?.title ?? text('problem.status', response.status), body?.detail, body?.code);
  }
  return body;
}
