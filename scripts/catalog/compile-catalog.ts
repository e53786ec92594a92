import {createHash} from 'node:crypto'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {CATALOG_SCHEMA_VERSION} from '../../src/lib/catalog/stored-catalog.js'
import {compileBatch} from './compile-batch.js'
import {compileFeatures} from './compile-features.js'
import {compileModels} from './compile-models.js'
import {encodePrices} from './compile-prices.js'
import {compileRegions} from './compile-regions.js'
import {CUSTOM_MODELS} from './curated-custom-models.js'
import {GEOGRAPHIES} from './curated-regions.js'
import {encodeModels} from './encode-models.js'
import {batchFile, featuresFile, modelsFile, pricesFile, regionsFile} from './facts.js'
import {reportCompilation} from './report-compilation.js'
import {settlePrices} from './settle-prices.js'
import {formatPart} from './table.js'

export interface CompileCatalogInput {
  readonly facts: string
  readonly out: string
  /** File of batch facts; default is batch.json of the facts. */
  readonly batch?: string | undefined
  /** ISO date; default is what the README.md of the facts says. */
  readonly compiledOn?: string | undefined
}

/** Writes the parts and index.json into `out`; the answer says what was kept, corrected and left out. */
export async function compileCatalog({batch, compiledOn, facts, out}: CompileCatalogInput): Promise<readonly string[]> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(resolve(facts, name), 'utf8'))
  const source = {
    models: modelsFile.parse(await read('models.json')),
    prices: pricesFile.parse(await read('prices.json')),
    regions: regionsFile.parse(await read('regions.json')),
    features: featuresFile.parse(await read('features.json')),
    batch: batchFile.parse(await read(batch ?? 'batch.json')),
  }
  const date = compiledOn ?? (await statedDate(join(facts, 'README.md')))
  const models = compileModels(source.models)
  const regions = compileRegions(source.regions)
  const features = compileFeatures(source.features, date)
  const batchFacts = compileBatch(source.batch, models)
  const prices = settlePrices(source.prices)
  const header = {schemaVersion: CATALOG_SCHEMA_VERSION}
  const parts = {
    models: {
      text: formatPart(encodeModels(models)),
      records: {models: models.length, profiles: models.reduce((sum, {profiles}) => sum + profiles.length, 0)},
    },
    regions: {
      text: formatPart({...header, regions, geographies: GEOGRAPHIES}),
      records: {regions: regions.length, geographies: GEOGRAPHIES.length},
    },
    features: {text: formatPart({...header, features}), records: {features: features.length}},
    batch: {text: formatPart({...header, ...batchFacts}), records: {models: batchFacts.models.length}},
    'custom-models': {
      text: formatPart({...header, ...CUSTOM_MODELS}),
      records: {bases: CUSTOM_MODELS.bases.length, architectures: CUSTOM_MODELS.imports.architectures.length},
    },
    prices: {text: formatPart(encodePrices(prices.records)), records: {prices: prices.records.length}},
  }
  await mkdir(out, {recursive: true})
  for (const [name, {text}] of Object.entries(parts)) await writeFile(join(out, `${name}.json`), text)
  const index = {...header, compiledOn: date, parts: describeParts(parts)}
  await writeFile(join(out, 'index.json'), `${JSON.stringify(index, undefined, 2)}\n`)
  return [...reportCompilation(source, models, index.parts), ...prices.report]
}

type Parts = Readonly<Record<string, {readonly text: string; readonly records: Readonly<Record<string, number>>}>>

function describeParts(parts: Parts) {
  return Object.fromEntries(
    Object.entries(parts).map(([name, {records, text}]) => [
      name,
      {
        file: `${name}.json`,
        bytes: Buffer.byteLength(text),
        sha256: createHash('sha256').update(text).digest('hex'),
        records,
      },
    ]),
  )
}

async function statedDate(file: string): Promise<string> {
  const date = /Compiled (\d{4}-\d{2}-\d{2})/.exec(await readFile(file, 'utf8'))?.[1]
  if (date === undefined) throw new Error(`${file} does not say "Compiled YYYY-MM-DD"; give --compiled-on`)
  return date
}
