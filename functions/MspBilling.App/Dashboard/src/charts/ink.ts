// The charts draw with the page's colours: the tokens are resolved through an element, as the browser would.

export interface Ink {
  text: string; muted: string; line: string; surface: string; accent: string;
  series: string[];
  ageing: string[];
  dispositions: Record<string, string>;
}

export function readInk(): Ink {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const color = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const ink: Ink = {
    text: color('ink'),
    muted: color('muted'),
    line: color('line'),
    surface: color('surface'),
    accent: color('accent'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map(index => color(`series-${index}`)),
    ageing: [1, 2, 3, 4, 5].map(index => color(`ageing-${index}`)),
    dispositions: {
      billed: color('series-1'),
      covered: color('series-2'),
      nonBillable: color('series-8'),
      held: color('series-3'),
      writtenOff: color('series-5'),
    },
  };
  probe.remove();
  return ink;
}
