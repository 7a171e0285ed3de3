// Light and dark follow the system until the viewer chooses; the choice is kept in this browser.

type Theme = 'light' | 'dark';
const key = 'msp-billing-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function startTheme(button: HTMLButtonElement, changed: () => void): void {
  const stored = read();
  if (stored) document.documentElement.dataset['theme'] = stored;
  show(button);

  button.addEventListener('click', () => {
    const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    write(next);
    show(button);
    changed();
  });

  system.addEventListener('change', () => {
    show(button);
    changed();
  });
}

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'dark' || chosen === 'light' ? chosen : system.matches ? 'dark' : 'light';
}

function show(button: HTMLButtonElement): void {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  button.setAttribute('aria-label', `Switch to ${next} colours`);
  button.title = `Switch to ${next} colours`;
}

// Storage can be switched off in the browser; the page then follows the system.
function read(): Theme | null {
  try {
    const value = localStorage.getItem(key);
    return value === 'dark' || value === 'light' ? value : null;
  } catch {
    return null;
  }
}

function write(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    return;
  }
}
