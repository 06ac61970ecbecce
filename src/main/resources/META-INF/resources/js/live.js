/**
 * What the page knows of the station, kept true by three means:
 * 1. one event stream carries verdicts and state;
 * 2. a poll notices a connection that died without a word, and a stream that fell silent while verdicts went on;
 * 3. after every (re)connection state and recent verdicts are fetched anew, so that a restarted server, an emptied or another
 *    database, or a gap leave nothing stale behind.
 */
import * as api from './api.js';

const KEEP = 200;
const POLL_MILLIS = 10_000;
const COUNTS_MILLIS = 2_000;
const RETRY_MILLIS = [1_000, 2_000, 4_000, 8_000, 15_000];

export class Live {
  /** The last state heard, or null. */
  station = null;
  /** Newest first, at most {@link KEEP}. */
  inspections = [];
  /** `connecting` until the first answer, then `live` or `lost`. */
  connection = 'connecting';
  /** Milliseconds since the epoch, by this computer's clock, of the last word from the station. */
  lastContact = null;

  #changed;
  #source = null;
  #attempt = 0;
  #retry = null;
  #counts = null;
  #refresh = 0;
  #sinceRefresh = [];
  #heardSincePoll = false;
  #polledTotal = null;
  #silentPolls = 0;
  #serverMinusTicker = Date.now() - performance.now();

  constructor(changed) {
    this.#changed = changed;
  }

  start() {
    this.#connect();
    setInterval(() => this.#poll(), POLL_MILLIS);
    const hurry = () => this.connection === 'lost' && !document.hidden && this.#connect();
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
  }

  /** The station's time of day, whatever this computer's clock says. */
  now() {
    return performance.now() + this.#serverMinusTicker;
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#source?.close();
    const source = new EventSource(api.EVENTS);
    this.#source = source;
    source.onopen = () => this.#fetchAll();
    source.onerror = () => source === this.#source && this.#lost();
    source.addEventListener('inspection', (event) => this.#heard(() => this.#add(JSON.parse(event.data))));
    source.addEventListener('station', (event) => this.#heard(() => this.#setStation(JSON.parse(event.data))));
    // Some servers send no header before the first event: the state does not wait for it.
    this.#fetchAll();
  }

  async #fetchAll() {
    const refresh = ++this.#refresh;
    this.#sinceRefresh = [];
    try {
      const [station, items] = await Promise.all([api.station(), api.inspections(KEEP)]);
      if (refresh !== this.#refresh) {
        return;
      }
      const known = new Set(items.map((item) => item.id));
      this.inspections = [...this.#sinceRefresh.filter((item) => !known.has(item.id)), ...items].slice(0, KEEP);
      this.connection = 'live';
      if (this.#source?.readyState === EventSource.OPEN) {
        this.#attempt = 0;
      }
      this.#setStation(station);
    } catch (problem) {
      if (refresh === this.#refresh) {
        this.#lost();
      }
    }
  }

  #lost() {
    this.connection = 'lost';
    this.#source?.close();
    this.#source = null;
    this.#refresh++;
    if (this.#retry === null) {
      const wait = RETRY_MILLIS[Math.min(this.#attempt++, RETRY_MILLIS.length - 1)];
      this.#retry = setTimeout(() => this.#connect(), wait * (0.8 + 0.4 * Math.random()));
    }
    this.#changed();
  }

  #heard(apply) {
    this.lastContact = Date.now();
    this.#heardSincePoll = true;
    apply();
    this.#changed();
  }

  #add(inspection) {
    if (this.inspections.some((item) => item.id === inspection.id)) {
      return;
    }
    this.#sinceRefresh = [inspection, ...this.#sinceRefresh].slice(0, KEEP);
    this.inspections = [inspection, ...this.inspections].slice(0, KEEP);
    this.#counts ??= setTimeout(() => this.#fetchCounts(), COUNTS_MILLIS);
  }

  /** Counts come from the station alone: adding up here would be wrong after a lost event, and at midnight. */
  async #fetchCounts() {
    this.#counts = null;
    if (this.connection === 'live' && !document.hidden) {
      await api.station().then((station) => this.#setStation(station), () => this.#lost());
    }
  }

  async #poll() {
    if (this.connection !== 'live') {
      return;
    }
    try {
      this.#setStation(await api.station());
    } catch (problem) {
      this.#lost();
      return;
    }
    const {ok = 0, ng = 0, unjudged = 0} = this.station.counts?.sinceStart ?? {};
    const total = ok + ng + unjudged;
    const missed = this.#polledTotal !== null && total !== this.#polledTotal && !this.#heardSincePoll;
    this.#silentPolls = missed ? this.#silentPolls + 1 : 0;
    this.#polledTotal = total;
    this.#heardSincePoll = false;
    if (this.#silentPolls >= 2) {
      this.#silentPolls = 0;
      this.#connect();
    }
  }

  #setStation(station) {
    this.station = station;
    this.lastContact = Date.now();
    const at = Date.parse(station.serverTime);
    if (!Number.isNaN(at)) {
      this.#serverMinusTicker = at - performance.now();
    }
    this.#changed();
  }
}
