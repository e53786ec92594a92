import type {CustomModelFacts} from '../../catalog/custom-models.schema.js'
import type {Unread} from '../../core/answer.schema.js'
import type {PriceBook} from '../../prices/price-book.js'
import {makeContext} from '../checks/make-context.js'
import {hasChatTemplate} from '../checks/tokenizer-checks.js'
import {countedFolder} from '../files/counted-folder.js'
import type {ModelFolder} from '../files/model-folder.js'
import type {ModelReading} from '../read/model-reading.js'
import {readModel} from '../read/read-model.js'
import {afterwardsOf} from './afterwards.js'
import {estimateUnits} from './estimate-units.js'
import type {ImportCheckResult} from './import-check.schema.js'
import {joinVerdicts, judgeModel, type Verdicts} from './judge-model.js'

export interface CheckModelInput {
  readonly folder: ModelFolder
  readonly region: string | undefined
  readonly converse: boolean
  /** What is wrong with the address as Bedrock takes addresses. */
  readonly addressProblems: readonly string[]
  /** Reads a tokenizer of any size. */
  readonly deep: boolean
  /** What the account says, or why it was not asked. */
  readonly account: Promise<{readonly verdicts: Verdicts; readonly unread: readonly Unread[]}>
  readonly simulated: () => boolean
}

export interface CheckModelFacts {
  readonly facts: CustomModelFacts['imports']
  readonly book: Promise<PriceBook>
  readonly signal?: AbortSignal | undefined
  readonly onShard?: ((done: number, total: number) => void) | undefined
}

/** What a check reads over the network unless it is told otherwise; headers come first, a tokenizer last. */
const BUDGET_BYTES = 20_000_000

/** Reads a model's list of files, headers and small files, and judges all that is known to make an import fail. */
export async function checkModel(input: CheckModelInput, known: CheckModelFacts): Promise<ImportCheckResult> {
  const {facts, onShard, signal} = known
  const {account, addressProblems, converse, deep, region} = input
  const count = {bytes: 0, reads: 0}
  const isNear = deep || input.folder.kind === 'local'
  const mostTokenizerBytes = () => (isNear ? MOST_TOKENIZER_BYTES : BUDGET_BYTES - count.bytes)
  const [model, told, book] = await Promise.all([
    readModel(countedFolder(input.folder, count), {signal, onShard, mostTokenizerBytes}),
    account,
    known.book,
  ])
  const context = makeContext(model, {facts, region, converse, addressProblems})
  const {checks, findings} = joinVerdicts([judgeModel(context), told.verdicts])
  const isWhole = context.partial === undefined
  const blockers = findings.filter(({severity, verdict}) => severity === 'blocker' && verdict === 'fail')
  const {architecture, tensors} = context
  return {
    schemaVersion: 1,
    simulated: input.simulated(),
    unread: [...told.unread, ...unreadOf(model, region)],
    model: {
      address: model.name,
      kind: model.kind,
      architecture: architecture
        ? {name: architecture.name, className: architecture.className, modelType: architecture.modelType}
        : null,
      parameters: isWhole ? tensors.reduce((sum, {elements}) => sum + elements, 0) : null,
      weightBytes: isWhole ? tensors.reduce((sum, {bytes}) => sum + bytes, 0) : null,
      shards: model.shards.length,
      files: model.listing.files.length,
    },
    region: region ?? null,
    findings,
    checks,
    afterwards: afterwardsOf(architecture, hasChatTemplate(model)),
    estimate: estimateUnits(context, book),
    read: count,
    gate: {
      requirement: 'nothing is found that makes the import fail',
      passed: blockers.length === 0,
      failures: blockers.map(({check, file, said}) => [check, file, said].filter((word) => word !== null).join(' ')),
    },
  }
}

const MOST_TOKENIZER_BYTES = 256 * 2 ** 20

function unreadOf({unread}: ModelReading, region: string | undefined): readonly Unread[] {
  return unread.map(({action, code, file, reason}) => ({
    region: region ?? '',
    action,
    code,
    reason: `${file}: ${reason}`,
  }))
}
