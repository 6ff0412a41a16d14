/** The report's style sheet: light and dark as the reader's system is, one column on a telephone. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #17202e; --muted: #566174; --rule: #e1e5eb;
  --c1: #2563eb; --c2: #c2410c; --c3: #0f766e; --right: #3b82f6; --wrong: #f97316; --wrong-text: #b93a08;
  --good: #166534; --good-page: #dcfce7; --bad: #9f1239; --bad-page: #ffe4e6; --hint: #854d0e; --hint-page: #fef3c7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e131b; --card: #171e29; --ink: #e7ecf3; --muted: #9aa7ba; --rule: #2a3443;
    --c1: #7aa7ff; --c2: #fb9a56; --c3: #4fd1c1; --right: #3b82f6; --wrong: #ea580c; --wrong-text: #fb9a56;
    --good: #bbf7d0; --good-page: #14391f; --bad: #fecdd3; --bad-page: #4c1024; --hint: #fde68a; --hint-page: #41300b;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 64px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 40px 0 12px; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 0 0 12px; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.lead { color: var(--muted); }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; font-weight: 600; color: var(--good); background: var(--good-page); }
.badge.failed { color: var(--bad); background: var(--bad-page); }
.badge.interrupted, .badge.stopped { color: var(--hint); background: var(--hint-page); }
.note { border-left: 3px solid var(--rule); padding: 2px 0 2px 12px; color: var(--muted); white-space: pre-wrap; overflow-wrap: anywhere; }
.note.bad { border-color: var(--wrong); color: var(--ink); }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; }
.tile, .card { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; }
.tile { padding: 12px 14px; }
.tile dt { color: var(--muted); font-size: 13px; }
.tile dd { margin: 2px 0 0; font-size: 20px; font-weight: 600; letter-spacing: -0.01em; }
.tile dd small { display: block; font-size: 12.5px; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px; }
figure { margin: 0; padding: 14px 14px 10px; }
figcaption { font-weight: 600; margin-bottom: 6px; }
.chart { display: block; width: 100%; max-width: 470px; height: auto; overflow: visible; }
.tick { fill: var(--muted); font-size: 11px; }
.rule { stroke: var(--rule); stroke-width: 1; fill: none; }
.mark { stroke: var(--c2); stroke-dasharray: 4 3; fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.faint { stroke-width: 1; opacity: 0.45; }
.line.c1 { stroke: var(--c1); } .line.c2 { stroke: var(--c2); } .line.c3 { stroke: var(--c3); }
.dot.c1, .key.c1 { fill: var(--c1); background: var(--c1); } .dot.c2, .key.c2 { fill: var(--c2); background: var(--c2); } .dot.c3, .key.c3 { fill: var(--c3); background: var(--c3); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 6px 0 0; padding: 0; font-size: 13px; color: var(--muted); }
.legend b { color: var(--ink); font-weight: 600; }
.key { display: inline-block; width: 16px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
.key.faint { opacity: 0.45; height: 2px; }
.matrices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 20px; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 10px 14px; min-width: 0; }
.scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--c1); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; font-weight: 600; padding-bottom: 8px; }
th, td { text-align: left; padding: 5px 10px 5px 0; white-space: nowrap; }
thead th { color: var(--muted); font-weight: 500; font-size: 13px; border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
.number { text-align: right; }
td.number { position: relative; }
.layers :is(th, td):last-child { padding-left: 14px; white-space: normal; min-width: 16rem; }
.bar { position: absolute; right: 10px; bottom: 1px; height: 2px; width: calc(0.74 * var(--share)); max-width: calc(100% - 12px); background: var(--c1); opacity: 0.55; border-radius: 1px; }
.matrix { width: auto; min-width: 100%; font-size: 13px; border-collapse: separate; border-spacing: 2px; }
.matrix th, .matrix td { border: 0 !important; text-align: center; padding: 4px 2px; border-radius: 4px; min-width: 34px; }
.matrix tbody th { text-align: right; padding-right: 6px; min-width: 0; width: 1px; }
.matrix thead th { font-weight: 500; color: var(--ink); }
.matrix td { background: color-mix(in srgb, var(--tint, var(--card)) calc(0.6 * var(--share, 0%)), var(--card)); }
.matrix td.right { --tint: var(--right); font-weight: 600; }
.matrix td.wrong { --tint: var(--wrong); }
.matrix td.none { color: var(--muted); }
.small { font-size: 12.5px; color: var(--muted); font-weight: 400; }
.gallery { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 12px; padding: 0; margin: 0; }
.gallery li { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 10px; display: flex; flex-direction: column; gap: 2px; align-items: flex-start; overflow-wrap: anywhere; }
.gallery img { width: 100%; height: auto; border-radius: 6px; image-rendering: pixelated; background: #000; margin-bottom: 4px; }
.wrong-text { color: var(--wrong-text); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 18px; margin: 0; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; overflow-wrap: anywhere; }
details > summary { cursor: pointer; font-weight: 600; margin: 16px 0 10px; }
pre { margin: 0; }
.config { columns: 26rem; column-gap: 40px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 0 20px; }
footer { margin-top: 48px; color: var(--muted); font-size: 13px; }
@media (max-width: 640px) {
  main { padding: 20px 14px 48px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .matrix { font-size: 11.5px; border-spacing: 1px; } .matrix th, .matrix td { min-width: 25px; padding: 4px 1px; }
  .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 8px; }
}
@media print { :root { --page: #fff; } .scroll { overflow: visible; } }
`;
