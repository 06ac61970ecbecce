const Z = 1.959964;

/**
 * The 95 % score interval of Wilson for a share: with p = n/of, (p + z²/2of ± z·√(p(1−p)/of + z²/4of²)) / (1 + z²/of).
 *
 * @return `{from, until}`; all of 0…1 where there is nothing to tell it by
 */
export function wilson(n, of) {
  if (of <= 0) {
    return {from: 0, until: 1};
  }
  const p = Math.min(1, n / of);
  const z2 = (Z * Z) / of;
  const middle = p + z2 / 2;
  const half = Z * Math.sqrt((p * (1 - p)) / of + (z2 / 4) / of);
  return {from: Math.max(0, (middle - half) / (1 + z2)), until: Math.min(1, (middle + half) / (1 + z2))};
}
