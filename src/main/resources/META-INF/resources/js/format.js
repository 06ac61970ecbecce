/** Numbers, times and durations as people read them. All take what the API gives and never throw on null. */
import {LOCALE, text} from './texts.js';

const CLOCK = new Intl.DateTimeFormat(LOCALE, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const HOUR = new Intl.DateTimeFormat(LOCALE, {hour: '2-digit', minute: '2-digit'});
const DAY_AND_CLOCK = new Intl.DateTimeFormat(LOCALE, {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit'});
const WHOLE = new Intl.NumberFormat(LOCALE, {maximumFractionDigits: 0});
const NOTHING = '–';
const DAY_MILLIS = 86_400_000;

const finite = (value) => typeof value === 'number' && Number.isFinite(value);
const digits = (value, n) => value.toLocaleString(LOCALE, {minimumFractionDigits: n, maximumFractionDigits: n});

export const whole = (value) => (finite(value) ? WHOLE.format(value) : NOTHING);
export const fixed = (value, n) => (finite(value) ? digits(value, n) : NOTHING);

/** A score with about four figures, so that neighbouring parts can be told apart. */
export const score = (value) => (finite(value) ? digits(value, Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3) : NOTHING);

export const percent = (share, n = 1) => (finite(share) ? `${digits(100 * share, n)} %` : NOTHING);

/** A relative change with its sign, in whole per cent. */
export function change(share) {
  if (!finite(share)) {
    return NOTHING;
  }
  const percents = Math.round(100 * share);
  return `${percents === 0 ? '±' : percents < 0 ? '−' : '+'}${whole(Math.abs(percents))} %`;
}

export const probability = (p) => (finite(p) ? p.toLocaleString(LOCALE, {maximumSignificantDigits: 2}) : NOTHING);

/** Time of day; with the date where it is not of the last twelve hours. */
export function clock(instant, now) {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) {
    return NOTHING;
  }
  return (Math.abs(now - at) > DAY_MILLIS / 2 ? DAY_AND_CLOCK : CLOCK).format(at);
}

/** Time of day to the minute. */
export const hourOf = (instant) => HOUR.format(Date.parse(instant));

export const clockOf = (millis) => CLOCK.format(millis);

export function duration(seconds) {
  if (!finite(seconds)) {
    return NOTHING;
  }
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return text('seconds', s);
  }
  if (s < 600) {
    return s % 60 === 0 ? text('minutes', s / 60) : text('minutesSeconds', Math.floor(s / 60), s % 60);
  }
  if (s < 3600) {
    return text('minutes', Math.round(s / 60));
  }
  return s < 172_800 ? text('hours', Math.floor(s / 3600), Math.floor((s % 3600) / 60)) : text('days', Math.round(s / 86_400));
}

/** The first figures of a digest: enough to tell bundles apart by eye. */
export const shortDigest = (digest) => (digest ? digest.replace(/^sha256:/, '').slice(0, 12) : NOTHING);

/** What to call a part in a sentence. */
export const partName = (inspection) => inspection.partId ?? text('part.unnamed');
