import {readdirSync, readFileSync} from 'node:fs'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {estimateFile, readNamedWorkloads} from '../../src/lib/cli/estimate-file.js'
import {moneyWords} from '../../src/lib/cost/cost-words.js'
import type {EstimateResult} from '../../src/lib/cost/estimate/estimate.schema.js'
import {estimateView} from '../../src/lib/cost/estimate/render-estimate.js'
import {createPriceBook} from '../../src/lib/prices/price-book.js'
import type {Artefact} from './artefact.js'

const FOLDER = 'examples/workloads'
const PAGE = {width: 100, color: false, interactive: true, unicode: true}

/** A workload file of the repository, priced with the bundled book. */
export interface PricedExample {
  /** Without its ending. */
  readonly name: string
  /** The comment at its head, in one line. */
  readonly about: string
  readonly result: EstimateResult
}

/** Every example, as `cost estimate --offline` prices it. */
export async function priceExamples(): Promise<readonly PricedExample[]> {
  const catalog = await openCatalog()
  const ports = {catalog, book: createPriceBook(await catalog.prices())}
  const prices = {kind: 'bundle', asOf: catalog.compiledOn, why: null} as const
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))
  return Promise.all(
    files.sort().map(async (file): Promise<PricedExample> => {
      const path = `${FOLDER}/${file}`
      const named = await readNamedWorkloads(path, {catalog, region: undefined})
      const {estimate: result} = await estimateFile(named, {prices, simulated: false}, ports)
      return {name: file.replace('.yaml', ''), about: aboutOf(readFileSync(path, 'utf8')), result}
    }),
  )
}

function aboutOf(text: string): string {
  const comments = text
    .split('\n')
    .filter((line) => line.startsWith('# ') && !line.startsWith('# yaml-language-server'))
  return comments.map((line) => line.slice(2)).join(' ')
}

/** The examples with their sheets, on one page. */
export async function exampleSheets(): Promise<Artefact> {
  const examples = await priceExamples()
  const sheets = await Promise.all(examples.map(sheetOf))
  const lines = [
    '# Workloads, and what they cost',
    '',
    'Made by `npm run generate` from the files beside it and the bundled price book; what each key means is in [the guide](../../docs/guides/workloads.md).',
    'Take the file that is nearest to yours and change it.',
    '',
    '| example | month | once | first year |',
    '| --- | ---: | ---: | ---: |',
    ...examples.map(({name, result: {month, once, year}}) => {
      const single = once.length === 0 ? '' : moneyWords(once)
      return `| [\`${name}\`](#${name}) | ${moneyWords(month)} | ${single} | ${moneyWords(year)} |`
    }),
    ...sheets.flat(),
  ]
  return {path: `${FOLDER}/README.md`, text: `${lines.join('\n')}\n`}
}

async function sheetOf({about, name, result}: PricedExample): Promise<readonly string[]> {
  const sheet = (await estimateView.text?.(result, PAGE)) ?? ''
  return [
    '',
    `## ${name}`,
    '',
    about,
    '',
    '```sh',
    `bedrockctl cost estimate ${FOLDER}/${name}.yaml --offline`,
    '```',
    '',
    '```text',
    sheet.trimEnd(),
    '```',
  ]
}
