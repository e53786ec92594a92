import type {PriceBook} from '../../prices/price-book.js'
import {importFailure} from '../failure-remedy.js'
import type {FoundImport} from '../find-import.js'
import {importRow} from '../import-row.js'
import {nextCommands} from '../next-commands.js'
import {unitCost} from '../unit-cost.js'
import type {ImportsShowResult} from './imports-show.schema.js'

export interface ShowImportFacts {
  readonly found: FoundImport
  /** Undefined where there is nothing to price. */
  readonly book: PriceBook | undefined
  readonly nowMs: number
  readonly simulated: boolean
}

/** All that is known of an import: its job, what came of it, and what that costs. */
export function showImport({book, found, nowMs, simulated}: ShowImportFacts): ImportsShowResult {
  const {job, model} = found
  const row = importRow(found, nowMs)
  const s3Uri = model?.s3Uri ?? job?.s3Uri ?? null
  return {
    schemaVersion: 1,
    simulated,
    unread: [],
    asOf: new Date(nowMs).toISOString(),
    import: row,
    s3Uri,
    roleArn: job?.roleArn ?? null,
    kmsKeyArn: model?.kmsKeyArn ?? job?.kmsKeyArn ?? null,
    unitsPerCopy: model?.unitsPerCopy ?? null,
    unitsVersion: model?.unitsVersion ?? null,
    cost: model && book ? costOf(model, book) : null,
    failure: job?.state === 'Failed' ? importFailure(job.message) : null,
    next: nextCommands(row, s3Uri),
  }
}

/** What a model costs, by the units that Bedrock gave it; null where it names none. */
export function costOf(
  {
    region,
    unitsPerCopy,
    unitsVersion,
  }: Pick<NonNullable<FoundImport['model']>, 'region' | 'unitsPerCopy' | 'unitsVersion'>,
  book: PriceBook,
): ImportsShowResult['cost'] {
  if (unitsPerCopy === null || unitsVersion === null) return null
  return unitCost({region, unitsPerCopy, version: unitsVersion}, book)
}
