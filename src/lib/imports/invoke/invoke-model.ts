import type {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import type {ModelCaller} from '../../jobs/model-caller.js'
import {notReady} from '../../jobs/warm-up/not-ready.js'
import {type WarmUpWait, warmUp} from '../../jobs/warm-up/warm-up.js'
import type {ImportedModel} from '../ports.js'
import {buildBody} from './build-body.js'
import {chooseFormat, type FormatQuestion} from './choose-format.js'
import type {ImportsInvokeResult} from './imports-invoke.schema.js'
import {type ReadAnswer, readAnswer} from './read-answer.js'
import type {Turn} from './read-messages.js'

export interface InvokeInput {
  readonly model: ImportedModel
  /** One turn of the user, or a conversation. */
  readonly turns: readonly Turn[]
  readonly conversation: boolean
  readonly api: FormatQuestion['api']
  readonly maxTokens: number
  /** How long a model that is not ready is waited for. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onWait: (wait: WarmUpWait) => void
  readonly onRetry: (failure: BedrockctlError, waitMs: number) => void
}

const NOT_READY_HINT =
  'Its loading goes on: run this again, or with a longer --timeout. If it never is ready, look at its import: bedrockctl imports show'

export type Invoked = Omit<ImportsInvokeResult, 'schemaVersion' | 'simulated' | 'unread' | 'cost'>

/** Asks an imported model, waiting until it is loaded. */
export async function invokeModel(
  input: InvokeInput,
  {caller, clock}: {readonly caller: ModelCaller; readonly clock: JobClock},
): Promise<Invoked> {
  const {model, onRetry, onWait, signal, timeoutMs} = input
  const format = chooseFormat(input)
  const {api, body} = buildBody(format, input.turns, input.maxTokens)
  const call = {region: model.region, modelId: model.arn, api, body}
  const ask = (stop: AbortSignal | undefined) => caller.call(call, stop)
  const outcome = await warmUp({ask, timeoutMs, signal, onWait, onRetry}, clock)
  if (outcome.kind === 'timed-out') throw notReady(model.name, outcome, NOT_READY_HINT)
  const {coldStartMs, elapsedMs, output, tries} = outcome
  const read = readAnswer(output)
  const {arn, architecture, name, region} = model
  return {
    model: {name, arn, region, architecture},
    api,
    format,
    answer: read.text,
    output: read.text === null ? output.toString('utf8') : null,
    stopReason: read.stopReason,
    tokens: {input: read.inputTokens, output: read.outputTokens},
    tries,
    coldStartSeconds: coldStartMs === null ? null : Math.round(coldStartMs / 100) / 10,
    answerSeconds: Math.round(elapsedMs) / 1000,
    notes: notesOf(read, model),
  }
}

function notesOf(
  {outputTokens, stopReason, text}: ReadAnswer,
  {architecture, instructSupported}: ImportedModel,
): readonly string[] {
  const cut = stopReason === 'length' || stopReason === 'max_tokens'
  return [
    ...(text === null
      ? [`An answer of unknown shape, as models of the architecture ${architecture ?? '?'} may give it.`]
      : []),
    ...(text === '' || outputTokens === 0
      ? ['The answer is empty: a chat template that does not fit the model does this.']
      : []),
    ...(cut ? ['The answer was cut off at --max-tokens.'] : []),
    ...(instructSupported === false
      ? ['Converse does not work with this model: it was imported without a chat template that it uses.']
      : []),
  ]
}
