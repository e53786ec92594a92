import {tmpdir} from 'node:os'
import {dirname} from 'node:path'
import type {AnswerReaders} from '../batch/collect/answer-tokens.js'
import type {BatchCollect} from '../batch/collect/batch-collect.schema.js'
import type {GatheredPile} from '../batch/collect/gather-pile.js'
import type {Settings} from '../config/settings.js'
import {type OpenResult, openResult, type ResultChoice, refuseOverwriting} from './batch-result-file.js'
import type {Connection} from './connect.js'
import {billedModel, followBatch} from './follow-batch.js'
import {onlineSession} from './online-session.js'
import {type BookFrame, openPrices} from './price-book.js'

interface CollectFrame extends Omit<BookFrame, 'regions'> {
  /** Asks about those of the files that are there; rejects where they are to stay. */
  readonly beforeReplacing: (files: readonly (string | undefined)[]) => Promise<void>
}

/** Joins what lies in S3 of a group or a job, writes it, and tells what became of every record. */
export async function collectBatch(
  text: string,
  choice: ResultChoice,
  {connection, settings}: {readonly connection: Connection; readonly settings: Settings},
  frame: CollectFrame,
): Promise<BatchCollect> {
  const [{AnswerTokens}, {joinAnswers}, {openSpillFile}, {tellCollected}, {familyOf}] = await Promise.all([
    import('../batch/collect/answer-tokens.js'),
    import('../batch/collect/join-answers.js'),
    import('../batch/collect/spill-store.js'),
    import('../batch/collect/tell-collected.js'),
    import('../batch/bodies/family-of.js'),
  ])
  const gathered = await gather(text, settings, connection, frame)
  const {jobs, pile} = gathered
  const input = gathered.input.name.startsWith('s3://') ? undefined : gathered.input.name
  await refuseOverwriting(input, {'--out': choice.out, '--failed': choice.failed})
  if (isWritten(choice, pile.outputs.length > 0)) await frame.beforeReplacing([choice.out, choice.failed])
  const {signal} = frame
  const readerOf: AnswerReaders = ({api, modelId}) => familyOf(modelId, connection.catalog, api)?.read
  const tokens = new AnswerTokens(jobs, readerOf)
  const [first] = jobs
  const {NO_ANSWER} = await import('../batch/bodies/answer.js')
  const read = (first && readerOf(first)) ?? (() => NO_ANSWER)
  const result = await openResult(choice, {read, simulated: connection.simulated()})
  try {
    const joined = await joinAnswers(pile, result.sink, {
      region: gathered.region,
      signal,
      openStore: () => openSpillFile(choice.out === undefined ? tmpdir() : dirname(choice.out)),
      onLine: (line) => tokens.see(line),
      onProgress: progressOf(gathered, frame),
    })
    const wrote = await settle(result, choice, pile.outputs.length > 0)
    return tellCollected({
      gathered,
      joined,
      tokens: tokens.total(),
      cost: await costOf(gathered, tokens.tokens(), {connection, settings, frame}),
      out: wrote ? {file: choice.out ?? null, format: choice.format, bytes: result.bytes()} : null,
      failedFile: wrote ? (choice.failed ?? null) : null,
      simulated: connection.simulated(),
    })
  } finally {
    await result.drop()
  }
}

async function settle(result: OpenResult, choice: ResultChoice, hasOutputs: boolean): Promise<boolean> {
  if (!isWritten(choice, hasOutputs)) return false
  await result.keep()
  return true
}

/** Before there is any output, nothing takes the place of what was collected before. */
function isWritten({out}: ResultChoice, hasOutputs: boolean): boolean {
  return hasOutputs || out === undefined
}

async function gather(
  text: string,
  settings: Settings,
  connection: Connection,
  {signal}: CollectFrame,
): Promise<GatheredPile> {
  const [{ports, target}, {lookAt}, {gatherPile}, {openFileSource}, {inputPlace, outputUri}] = await Promise.all([
    followBatch(text, settings, connection, signal),
    import('../batch/follow/look.js'),
    import('../batch/collect/gather-pile.js'),
    import('../jsonl/file-source.js'),
    import('../batch/submit/job-of-shard.js'),
  ])
  const store = await onlineSession(connection, 'Batch jobs').objectStore()
  const look = await lookAt(target, ports, signal)
  return gatherPile(look, {store, openFile: openFileSource, placeOfShard: inputPlace, outputUriOf: outputUri}, signal)
}

/** Megabytes of the three passes: over the input, the outputs, and the input again. */
function progressOf({pile}: GatheredPile, {progress}: CollectFrame): (bytes: number) => void {
  const size = (files: readonly {readonly source: {readonly bytes: number}}[]) =>
    files.reduce((sum, {source}) => sum + source.bytes, 0)
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  const total = megabytes(2 * size(pile.inputs) + size(pile.outputs))
  return (bytes) => progress.update(megabytes(bytes), total, 'MB joined')
}

interface CostPorts {
  readonly connection: Connection
  readonly settings: Settings
  readonly frame: CollectFrame
}

async function costOf(
  {jobs, region}: GatheredPile,
  tokens: readonly {readonly input: number; readonly output: number; readonly uncounted: number}[],
  {connection, frame, settings}: CostPorts,
): Promise<BatchCollect['cost']> {
  const {collectedCost} = await import('../batch/collect/collected-cost.js')
  const billed = jobs.map(({modelId, way}, job) => {
    const counted = tokens[job] ?? {input: 0, output: 0, uncounted: 0}
    const tier = way === undefined ? 'batch' : 'standard'
    return {...counted, modelId, tier, billed: billedModel(modelId, region, connection)} as const
  })
  const isUsed = billed.some(({input, output}) => input > 0 || output > 0)
  const prices = isUsed ? await openPrices(settings, connection, {...frame, regions: [region]}) : undefined
  return collectedCost(billed, prices?.book)
}
