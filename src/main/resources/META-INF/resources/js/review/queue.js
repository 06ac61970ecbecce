/** What waits for a word and what has had one; each step gives a new state. */
export const EMPTY = Object.freeze({waiting: [], spoken: []});

/** The one to be spoken of now, or null. */
export const atHand = ({waiting}) => waiting[0] ?? null;

/** @param items of whom nothing was said, newest first. The part at hand stays there; those that were left stay last. */
export function found({waiting, spoken}, items) {
  const heard = new Set(spoken.map(({id}) => id));
  const there = new Map(items.filter(({id}) => !heard.has(id)).map((item) => [item.id, item]));
  const kept = waiting.filter(({id}) => there.has(id));
  const known = new Set(kept.map(({id}) => id));
  const fresh = [...there.values()].filter(({id}) => !known.has(id));
  const [first, ...rest] = kept;
  return {waiting: first ? [first, ...fresh, ...rest] : fresh, spoken};
}

/** Somebody has said what it was. */
export function spoken(state, part) {
  return {waiting: state.waiting.filter(({id}) => id !== part.id), spoken: [part, ...state.spoken.filter(({id}) => id !== part.id)]};
}

/** What was said of it was taken back: it comes next. */
export function takenBack(state, part) {
  return {waiting: [part, ...state.waiting.filter(({id}) => id !== part.id)], spoken: state.spoken.filter(({id}) => id !== part.id)};
}

/** The part at hand goes to the end. */
export function left({waiting: [first, ...rest], spoken}) {
  return {waiting: first ? [...rest, first] : [], spoken};
}
