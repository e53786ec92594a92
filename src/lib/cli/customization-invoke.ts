import type {Settings} from '../config/settings.js'
import type {CustomizationInvokeResult} from '../customizations/invoke/customization-invoke.schema.js'
import type {WarmUpWait} from '../jobs/warm-up/warm-up.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {openCustomizations} from './open-customizations.js'
import {readTurns} from './read-turns.js'

export interface CustomizationInvokeWords {
  readonly target: string
  readonly prompt: string | undefined
  /** File with a conversation. */
  readonly messages: string | undefined
  readonly maxTokens: number
  readonly timeoutMs: number
}

interface Frame {
  readonly signal: AbortSignal
  readonly note: (text: string) => void
  readonly onWait: (wait: WarmUpWait) => void
}

/** Asks what serves a custom model, in the words of Converse, which all text models that can be customised take. */
export async function runCustomizationInvoke(
  {maxTokens, messages, prompt, target: text, timeoutMs}: CustomizationInvokeWords,
  settings: Settings,
  connection: Connection,
  {note, onWait, signal}: Frame,
): Promise<CustomizationInvokeResult> {
  const turns = await readTurns(prompt, messages)
  const [{places, ...ports}, {findServing}, {buildBody}, {readAnswer}, {warmUp}, {realClock}, caller] =
    await Promise.all([
      openCustomizations(text, settings, connection),
      import('../customizations/invoke/find-serving.js'),
      import('../imports/invoke/build-body.js'),
      import('../imports/invoke/read-answer.js'),
      import('../jobs/warm-up/warm-up.js'),
      import('../jobs/clock.js'),
      onlineSession(connection, 'Custom models').modelCaller(),
    ])
  const target = await findServing(text, places, ports, signal)
  const call = {region: target.region, modelId: target.arn, ...buildBody('converse', turns, maxTokens)}
  const outcome = await warmUp(
    {
      ask: (stop) => caller.call(call, stop),
      timeoutMs,
      signal,
      onWait,
      onRetry: ({message}, waitMs) => note(`retrying  in ${Math.round(waitMs / 1000)} s: ${message}`),
    },
    realClock,
  )
  if (outcome.kind === 'timed-out') {
    const {notReady} = await import('../jobs/warm-up/not-ready.js')
    throw notReady(target.name, outcome, 'Run this again, or with a longer --timeout.')
  }
  const {coldStartMs, elapsedMs, output, tries} = outcome
  const read = readAnswer(output)
  const {arn, kind, modelArn, name, region} = target
  return {
    schemaVersion: 1,
    simulated: connection.simulated(),
    unread: [],
    target: {kind, name, arn, region, modelArn},
    answer: read.text,
    output: read.text === null ? output.toString('utf8') : null,
    stopReason: read.stopReason,
    tokens: {input: read.inputTokens, output: read.outputTokens},
    tries,
    waitedSeconds: coldStartMs === null ? null : Math.round(coldStartMs / 100) / 10,
    answerSeconds: Math.round(elapsedMs) / 1000,
    notes: read.stopReason === 'max_tokens' ? ['The answer was cut off at --max-tokens.'] : [],
  }
}
