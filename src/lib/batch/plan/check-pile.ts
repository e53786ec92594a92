import {randomInt} from 'node:crypto'
import type {Catalog} from '../../catalog/catalog.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import type {TokenRates} from '../../jsonl/text-measure.js'
import {settingsOf} from '../check/check-input.js'
import {type BlockRunner, checkRecords} from '../check/check-records.js'
import type {CheckSettings} from '../check/check-settings.js'
import {chooseBody} from '../check/choose-body.js'
import type {RecordCheck} from '../check/record-check.js'
import type {BatchApi} from '../ports.js'
import {RecordTally} from './record-tally.js'

export interface PileQuestion {
  readonly source: ByteSource
  readonly modelId: string
  readonly api: BatchApi | undefined
  readonly rates: TokenRates
}

export interface PilePorts {
  readonly catalog: Pick<Catalog, 'model' | 'models' | 'profile'>
  readonly runnerOf?: ((settings: CheckSettings) => BlockRunner | undefined) | undefined
  readonly signal: AbortSignal
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** A pile that was gone through once: what is wrong with it, and the records that can be sent. */
export interface CheckedPile {
  readonly check: RecordCheck
  readonly tally: RecordTally
  readonly api: BatchApi
}

const TRIES = 3

/** Checks the records and takes down sizes and places of those that can be sent. */
export async function checkPile({api, modelId, rates, source}: PileQuestion, ports: PilePorts): Promise<CheckedPile> {
  const {catalog, onProgress, runnerOf, signal} = ports
  const choice = await chooseBody(source, {model: modelId, api}, catalog)
  const contextTokens = catalog.model(modelId)?.contextTokens ?? undefined
  for (let left = TRIES; ; left -= 1) {
    const settings = settingsOf(choice.family, rates, contextTokens, randomInt(2 ** 32))
    const tally = new RecordTally()
    const onRecord = tally.add.bind(tally)
    const check = await checkRecords(source, settings, {run: runnerOf?.(settings), signal, onProgress, onRecord})
    // Two ids with one hash look repeated until they are compared, and the later record was not told: go through it anew.
    if (tally.sizes.length === check.totals.lines - check.totals.wrongLines || left <= 1) {
      return {check, tally, api: choice.api ?? 'InvokeModel'}
    }
  }
}
