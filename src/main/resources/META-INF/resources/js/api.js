/** The station's HTTP interface. Every call ends: with its answer, a {@link Problem}, or the failure of its time limit. */
import {text} from './texts.js';

const ANSWER_MILLIS = 8_000;
const JUDGE_MILLIS = 60_000;
const TYPES = {jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', bmp: 'image/bmp', tif: 'image/tiff', tiff: 'image/tiff', webp: 'image/webp'};

export const EVENTS = '/api/events';

/** What the station refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(title, detail, code) {
    super(title);
    this.title = title;
    this.detail = detail ?? '';
    this.code = code ?? '';
  }
}

export const station = () => get('/api/station');

/** Newest first. */
export const inspections = async (limit) => (await get(`/api/inspections?limit=${limit}`)).items;

/** Has a file judged as a part of the recipe. */
export async function judge(file, recipe) {
  const type = file.type || TYPES[file.name.split('.').pop().toLowerCase()] || 'application/octet-stream';
  const query = recipe ? `?recipe=${encodeURIComponent(recipe)}` : '';
  return send(`/api/inspections${query}`, {method: 'POST', headers: {'Content-Type': type}, body: file}, JUDGE_MILLIS);
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
export const say = (id, truth, by) =>
  send(`/api/inspections/${id}/review`, {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({truth, by})}, ANSWER_MILLIS);

export const takeBack = (id, by) => send(`/api/inspections/${id}/review?by=${encodeURIComponent(by)}`, {method: 'DELETE'}, ANSWER_MILLIS);

const get = (path) => send(path, {cache: 'no-store'}, ANSWER_MILLIS);

async function send(path, request, millis) {
  let response;
  try {
    response = await fetch(path, {...request, headers: {Accept: 'application/json, application/problem+json', ...request.headers}, signal: AbortSignal.timeout(millis)});
  } catch (cause) {
    throw new Problem(text('problem.unreachable'), text('problem.unreachableDetail'));
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Problem(body?.title ?? text('problem.status', response.status), body?.detail, body?.code);
  }
  return body;
}
