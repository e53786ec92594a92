import type {Catalog} from '../../catalog/catalog.js'
import type {Unread} from '../../core/answer.schema.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {MOST_LINE_BYTES} from '../../jsonl/lines.js'
import type {ProblemGroup} from '../../jsonl/problem-groups.js'
import {countTokens, ruleWords, type TextMeasure, type TokenRates} from '../../jsonl/text-measure.js'
import type {BodyFamily} from '../bodies/family.js'
import {batchLimits, type QuotaReading} from '../limits/batch-limits.js'
import type {BatchApi} from '../ports.js'
import type {BatchCheck, CheckProblem} from './batch-check.schema.js'
import {type BlockRunner, checkRecords} from './check-records.js'
import type {CheckSettings} from './check-settings.js'
import {chooseBody, namedModel} from './choose-body.js'
import {judgeLimits} from './judge-limits.js'
import type {RecordTotals} from './record-check.js'
import {type CopyTargets, writeCopies} from './write-copies.js'

export interface CheckInput {
  readonly source: ByteSource
  /** As it was typed. */
  readonly model: string | undefined
  readonly api: BatchApi | undefined
  readonly copies: CopyTargets
  /** Random: makes hashes of ids unforeseeable. */
  readonly idSeed: number
  readonly simulated: boolean
  /** What of the account could not be read for it. */
  readonly unread: readonly Unread[]
}

export interface CheckPorts {
  readonly catalog: Pick<Catalog, 'model' | 'models' | 'profile' | 'batch'>
  readonly ratesOf: (modelId: string) => TokenRates
  /** Applied quotas, where they were read. */
  readonly quotas?: QuotaReading | undefined
  /** Who checks the parts; this thread by default. */
  readonly runnerOf?: ((settings: CheckSettings) => BlockRunner | undefined) | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** Holds every record of an input against what the service takes, and writes the copies that were asked for. */
export async function checkInput(input: CheckInput, ports: CheckPorts): Promise<BatchCheck> {
  const {source, copies} = input
  const {catalog, signal, onProgress} = ports
  const choice = await chooseBody(source, input, catalog)
  const model = input.model === undefined ? undefined : namedModel(input.model, catalog)
  const rates = model && ports.ratesOf(model.id)
  const settings = settingsOf(choice.family, rates, model?.contextTokens ?? undefined, input.idSeed)
  const check = await checkRecords(source, settings, {run: ports.runnerOf?.(settings), signal, onProgress})
  const written =
    copies.fixed === undefined && copies.rejects === undefined
      ? undefined
      : await writeCopies(source, settings, check, copies, signal)
  const {totals} = check
  const question = {modelId: model?.id ?? '', model: 'base'} as const
  const limits = batchLimits(question, ports.quotas, catalog, await catalog.batch())
  const excess = judgeLimits(totals, limits)
  return {
    schemaVersion: 1,
    simulated: input.simulated,
    unread: input.unread,
    input: {name: source.name, bytes: source.bytes},
    model: model?.id ?? null,
    body: {
      family: choice.family?.id ?? null,
      name: choice.family?.name ?? null,
      api: choice.api ?? null,
      by: choice.by,
    },
    records: recordsOf(totals),
    inputTokens: rates ? tokensOf(totals.text, rates) : null,
    problems: check.groups.map(toProblem),
    limits,
    excess,
    fixed: written?.fixed ?? null,
    rejects: written?.rejects ?? null,
    gate: gateOf(check.groups, excess, totals),
  }
}

/** What records are held against: `contextTokens` needs rates to count by. */
export function settingsOf(
  family: BodyFamily | undefined,
  rates: TokenRates | undefined,
  contextTokens: number | undefined,
  idSeed: number,
): CheckSettings {
  return {
    family: family?.id,
    facts: family?.facts ?? {modelId: '', maxOutputTokens: undefined, takesImages: undefined},
    context: rates && contextTokens ? {contextTokens, rates} : undefined,
    maxLineBytes: MOST_LINE_BYTES,
    idSeed,
  }
}

function recordsOf({longestRecordBytes, bytes, maxOutputTokens, text, ...totals}: RecordTotals): BatchCheck['records'] {
  const {textCharacters} = text
  return {...totals, textCharacters, longestBytes: longestRecordBytes, maxOutputTokens: maxOutputTokens ?? null}
}

function tokensOf(text: TextMeasure, rates: TokenRates): BatchCheck['inputTokens'] {
  const {high, low, mean} = countTokens(text, rates)
  return {low: Math.floor(low), mean: Math.round(mean), high: Math.ceil(high), rule: ruleWords(text, rates)}
}

function toProblem({path, lines, ...group}: ProblemGroup): CheckProblem {
  return {
    ...group,
    path: path ?? null,
    lines: lines.map(({line, recordId}) => ({line, recordId: recordId ?? null})),
  }
}

/** Passed when every record can be sent and there are enough; that there are too many is for the plan to solve. */
function gateOf(
  groups: readonly ProblemGroup[],
  excess: BatchCheck['excess'],
  {records}: RecordTotals,
): BatchCheck['gate'] {
  const failures = [
    ...(records === 0 ? ['There is no record.'] : []),
    ...groups.filter(({severity}) => severity === 'error').map(({code, count}) => `${code}: ${count}`),
    ...excess.filter(({limit}) => limit === 'minRecords').map(({said}) => said),
  ]
  return {requirement: 'every record can be sent', passed: failures.length === 0, failures}
}
