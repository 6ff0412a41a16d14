import { html, Markup } from './markup.ts';

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #17202e; --muted: #566174; --rule: #e1e5eb; --c1: #2563eb; --c2: #c2410c; --c3: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --page: #171e29; --ink: #e7ecf3; --muted: #9aa7ba; --rule: #2a3443; --c1: #7aa7ff; --c2: #fb9a56; --c3: #4fd1c1; } }
.page { fill: var(--page); } .title { fill: var(--ink); font-size: 13px; font-weight: 600; } .tick { fill: var(--muted); font-size: 11px; }
.rule { stroke: var(--rule); fill: none; } .mark { stroke: var(--c2); stroke-dasharray: 4 3; fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; } .line.faint { stroke-width: 1; opacity: 0.45; }
.c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); } .dot { display: none; }
`;

/** A chart as an SVG file that stands by itself, light or dark as the reader's system is. */
export function chartFile(chart: Markup, { title }: { title: string }): string {
  return `${
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -30 376 270" width="752" height="540" font-family="system-ui, sans-serif">
<style>${new Markup(STYLE)}</style>
<rect class="page" x="-8" y="-30" width="376" height="270"/>
<text class="title" x="4" y="-12">${title}</text>
<svg width="360" height="230">${chart}</svg>
</svg>`.text
  }\n`;
}
