import { confusedPairsSection, perClassSection } from './class-tables.ts';
import { confusionTables } from './confusion-tables.ts';
import { curveCharts } from './curve-charts.ts';
import { environmentFacts } from './environment-facts.ts';
import { layerTable } from './layer-table.ts';
import { html, Markup } from './markup.ts';
import { mistakeGallery } from './mistake-gallery.ts';
import { REPORT_STYLE } from './report-style.ts';
import { resultTiles } from './result-tiles.ts';
import type { ReportedEvaluation, RunReport } from './run-report.ts';

/** The report of a run as one HTML file: no script, nothing fetched, so that it opens anywhere and stays as it is. */
export function reportPage(report: RunReport): string {
  const { name, summary, notices, errors, events, evaluations, layers, data, config, environment } = report;
  const [first, ...others] = evaluations;
  const curves = curveCharts(events);
  return html`${new Markup('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="cnn-cli">
<title>${name}: report</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p class="lead"><span class="badge ${summary.status}">${summary.status}</span> ${summary.reason}. ${data}.</p>
${errors.map((message) => html`<p class="note bad">${message}</p>`)}
${notices.map((message) => html`<p class="note">${message}</p>`)}
${resultTiles(report)}
</header>
${curves && section('Learning', curves)}
${first && evaluationSections(first)}
${others.map(
  (evaluation) => html`<details><summary>${evaluation.title}: confusion and worst mistakes</summary>
${confusionTables(evaluation.confusion, evaluation.title)}
<h3>Worst mistakes</h3>
${mistakeGallery(evaluation.pictures)}
</details>`,
)}
${section('Network', layerTable(layers))}
${section('Config', html`<div class="scroll" role="region" tabindex="0" aria-label="Config"><pre class="config">${config}</pre></div>`)}
${environment && section('Environment', environmentFacts(environment))}
<footer>Written by cnn-cli. The numbers are in <code>summary.json</code>, <code>metrics.jsonl</code> and <code>confusion-matrix.json</code> beside this file.</footer>
</main>
</body>
</html>
`.text;
}

function evaluationSections({ title, confusion, pictures }: ReportedEvaluation): Markup {
  return html`${section(`${title}: what was taken for what`, confusionTables(confusion, title))}
<div class="pair">
${section('Classes', perClassSection(confusion))}
${section('Most confused pairs', confusedPairsSection(confusion))}
</div>
${section(
  'Worst mistakes',
  html`<p class="lead">Where the network was surest and wrong: true class → its answer.</p>${mistakeGallery(pictures)}`,
)}`;
}

function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2>
${content}</section>`;
}
