/* Runs before the first paint, so that a page set to dark never flashes white. A classic script for that reason. */
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const tell = () => dispatchEvent(new Event('kerf-theme'));
  let chosen = null;
  try {
    chosen = localStorage.getItem('kerf.theme');
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
  if (chosen === 'light' || chosen === 'dark') {
    root.dataset.theme = chosen;
  }
  system.addEventListener('change', tell);
  addEventListener('DOMContentLoaded', () => {
    document.getElementById('theme-toggle').addEventListener('click', () => {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      try {
        localStorage.setItem('kerf.theme', root.dataset.theme);
      } catch {
        // The choice holds until the page is loaded again.
      }
      tell();
    });
  });
})();
