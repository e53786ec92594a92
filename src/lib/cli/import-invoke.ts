import type {Settings} from '../config/settings.js'
import {BedrockctlError} from '../core/errors.js'
import type {ImportsInvokeResult} from '../imports/invoke/imports-invoke.schema.js'
import type {WarmUpWait} from '../jobs/warm-up/warm-up.js'
import type {Connection} from './connect.js'
import {openImports, pricesOf} from './open-imports.js'
import type {Progress} from './progress.js'
import {readTurns} from './read-turns.js'

export interface InvokeWords {
  readonly model: string
  readonly prompt: string | undefined
  /** File with a conversation. */
  readonly messages: string | undefined
  readonly api: 'invoke' | 'converse' | undefined
  readonly maxTokens: number
  readonly timeoutMs: number
}

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly note: (text: string) => void
  readonly onWait: (wait: WarmUpWait) => void
}

/** Asks an imported model, once it is loaded; with what a copy of it costs. */
export async function runImportInvoke(
  {messages, model: text, prompt, ...words}: InvokeWords,
  settings: Settings,
  connection: Connection,
  {note, onWait, progress, signal}: Frame,
): Promise<ImportsInvokeResult> {
  const turns = await readTurns(prompt, messages)
  const door = await openImports(settings, connection)
  const [{findImportedModel, noImport}, {invokeModel}, {costOf}, {realClock}, caller] = await Promise.all([
    import('../imports/find-import.js'),
    import('../imports/invoke/invoke-model.js'),
    import('../imports/show/show-import.js'),
    import('../jobs/clock.js'),
    door.session.modelCaller(),
  ])
  const found = await findImportedModel(text, door, door.source, signal)
  if (found === undefined) throw noImport(text, 'imported model', door.regions)
  // A list names no units.
  const model =
    found.unitsPerCopy === null ? ((await door.source.model(found.region, found.arn, signal)) ?? found) : found
  const prices = await pricesOf({model}, settings, connection, {signal, progress, warn: note}).catch(unpriced(note))
  const onRetry = ({message}: BedrockctlError, waitMs: number) =>
    note(`retrying  in ${Math.round(waitMs / 1000)} s: ${message}`)
  const invoked = await invokeModel(
    {...words, model, turns, conversation: messages !== undefined, signal, onWait, onRetry},
    {caller, clock: realClock},
  )
  const cost = prices === undefined ? null : costOf(model, prices.book)
  return {schemaVersion: 1, simulated: connection.simulated(), unread: [], ...invoked, cost}
}

/** What a call costs is worth less than its answer. */
function unpriced(note: (text: string) => void): (failure: unknown) => undefined {
  return (failure) => {
    if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
    note(`prices  not read: ${failure.message}`)
  }
}
