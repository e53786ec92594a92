import {type ChartPage, chartPage} from '../../output/chart/chart-page.js'
import type {PageSection, PageVerdict} from '../../output/chart/page-parts.js'
import {DEFINITIONS} from '../definitions/definitions.js'
import {objectiveWords, scopeWords, toldReasons, VERDICT_WORDS} from '../show/run-words.js'
import type {ReportedRun} from './read-report.js'
import {errorCharts, laneFigures} from './render-course-charts.js'
import {headlineTables} from './render-headline.js'
import {distributionCharts, timeCharts} from './render-latency-charts.js'
import {goodputCharts, loadCharts} from './render-load-charts.js'
import {checkFacts, deviceFacts, environmentFacts, planFacts} from './render-report-facts.js'
import {assertTable, failureTable, priceTable, searchTable, tokenTable} from './render-report-tables.js'
import {subjectsOf} from './subjects.js'

/** One or several runs as one HTML file. */
export function reportPage(runs: readonly ReportedRun[], version: string): string {
  return chartPage(pageOf(runs, version))
}

const TONES = {usable: 'good', 'usable-with-warnings': 'warn', 'not-usable': 'bad'} as const
const WORST = ['not-usable', 'usable-with-warnings', 'usable'] as const

function pageOf(runs: readonly ReportedRun[], version: string): ChartPage {
  const summaries = runs.map(({summary}) => summary)
  const names = summaries.map(({id, name}) => name ?? id)
  const sections = sectionsOf(runs).filter(
    ({facts, figures, tables, text}) =>
      (facts ?? []).length + (figures ?? []).length + (tables ?? []).length + (text ?? []).length > 0,
  )
  return {
    title: `Bench of ${new Intl.ListFormat('en-GB').format(names)}`,
    verdict: verdictOf(runs),
    summary: summaries.flatMap((summary) => {
      const objectives = objectiveWords(summary)
      const prefix = runs.length > 1 ? `${summary.name ?? summary.id}: ` : ''
      return [`${prefix}${scopeWords(summary)}.${objectives ? ` Objectives: ${objectives}.` : ''}`]
    }),
    charts: [],
    tables: [],
    sections,
    footnotes: [],
    tool: `bedrockctl ${version}`,
    simulated: summaries.some(({simulated}) => simulated),
  }
}

/** The worst of the runs, with the reasons of all. */
function verdictOf(runs: readonly ReportedRun[]): PageVerdict {
  const kinds = runs.map(({summary}) => summary.verdict.kind)
  const worst = WORST.find((kind) => kinds.includes(kind)) ?? 'usable'
  const reasons = runs.flatMap(({summary}) => {
    const prefix = runs.length > 1 ? `${summary.name ?? summary.id}: ` : ''
    const stopped =
      summary.ended === 'partial' ? [{text: `Partial: ${summary.endedWhy ?? 'it was stopped'}.`, hint: null}] : []
    const told = toldReasons(summary).map(({hint, severity, text}) => ({
      text: severity === 'error' ? `Error: ${text}` : text,
      hint,
    }))
    return [...stopped, ...told].map(({hint, text}) => ({text: `${prefix}${text}`, hint}))
  })
  return {tone: TONES[worst], word: titleCase(VERDICT_WORDS[worst]), reasons}
}

function titleCase(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase()
}

function sectionsOf(runs: readonly ReportedRun[]): readonly PageSection[] {
  const subjects = subjectsOf(runs)
  const withSamples = runs.some(({series}) => series.size > 0)
  return [
    {
      id: 'results',
      heading: 'Results',
      tables: [...assertTable(runs), ...searchTable(runs), ...headlineTables(subjects)],
    },
    {
      id: 'latency',
      heading: 'Latency',
      figures: distributionCharts(subjects),
      ...(withSamples ? {} : {text: ['No samples are kept of this run: only its percentiles are known.']}),
    },
    {id: 'course', heading: 'TTFT over time', figures: timeCharts(subjects)},
    {id: 'load', heading: 'Load', figures: [...loadCharts(subjects), ...goodputCharts(subjects)]},
    {id: 'failures', heading: 'Failures', figures: errorCharts(subjects), tables: failureTable(runs)},
    {id: 'devices', heading: 'GPUs and servers', figures: runs.flatMap(laneFigures), facts: deviceFacts(runs)},
    {id: 'price', heading: 'Price', tables: priceTable(subjects)},
    {id: 'tokens', heading: 'Tokens asked for and billed', tables: tokenTable(subjects)},
    {id: 'client', heading: 'Self-check of the client', facts: checkFacts(runs)},
    {id: 'plan', heading: 'Plan', facts: planFacts(runs)},
    {id: 'environment', heading: 'Environment', facts: environmentFacts(runs)},
    {
      id: 'definitions',
      heading: 'What the numbers mean',
      text: foreignWords(runs),
      facts: DEFINITIONS.map(({text, title}) => [title, text] as const),
    },
    {
      id: 'exclusions',
      heading: 'What is not in these numbers',
      text: [...new Set(runs.flatMap(({summary}) => summary.exclusions))],
    },
  ]
}

function foreignWords(runs: readonly ReportedRun[]): readonly string[] {
  return runs.flatMap(({summary}) =>
    summary.imported
      ? [
          `${summary.name ?? summary.id} was measured by ${summary.imported.tool}${summary.imported.version === null ? '' : ` ${summary.imported.version}`}: its numbers follow the definitions of that tool, not those below.`,
          ...summary.imported.notes,
        ]
      : [],
  )
}
