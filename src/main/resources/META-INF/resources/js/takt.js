/** What the line runs at: the middle one of the times between its last parts, which one long stop does not shift. */
const PARTS = 21;
const FEWEST = 5;

/**
 * @param inspections newest first
 * @return `{seconds, perMinute}`; null while there are too few parts to tell
 */
export function takt(inspections) {
  const at = inspections.slice(0, PARTS).map((item) => Date.parse(item.capturedAt));
  if (at.length < FEWEST) {
    return null;
  }
  const between = at.slice(1).map((earlier, i) => Math.max(0, at[i] - earlier) / 1000).sort((a, b) => a - b);
  const middle = (between.length - 1) / 2;
  const seconds = (between[Math.floor(middle)] + between[Math.ceil(middle)]) / 2;
  return seconds > 0 ? {seconds, perMinute: 60 / seconds} : null;
}
