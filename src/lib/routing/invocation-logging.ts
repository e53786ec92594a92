import type {Unread} from '../core/answer.schema.js'
import {BedrockctlError} from '../core/errors.js'
import type {InvocationLogging, InvocationLoggingSource} from './ports.js'
import type {InvocationLoggingState} from './routes-trace.schema.js'

const ACTION = 'bedrock:GetModelInvocationLoggingConfiguration'

export interface InvocationLoggingReading {
  readonly state: InvocationLoggingState
  readonly unread: readonly Unread[]
}

/** Whether invocation logging is configured in the Region: unknown when nobody can be asked or the answer is refused. */
export async function readInvocationLogging(
  session: {invocationLogging(): Promise<InvocationLoggingSource>} | undefined,
  region: string,
  now: () => Date,
  signal: AbortSignal | undefined,
): Promise<InvocationLoggingReading> {
  if (!session) return {state: unknown('not read', null), unread: []}
  try {
    const logging = await (await session.invocationLogging()).readInvocationLogging(region, signal)
    return {state: toState(logging, now().toISOString()), unread: []}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    const {code, message: reason, hint, action = ACTION} = error
    return {
      state: unknown(reason, now().toISOString()),
      unread: [{region, action, code, reason, ...(hint === undefined ? {} : {hint})}],
    }
  }
}

function toState(logging: InvocationLogging | null, asOf: string): InvocationLoggingState {
  const provenance = {source: ACTION, asOf}
  if (logging === null) return {answer: 'no', destinations: [], delivers: [], ...provenance}
  const {s3, cloudWatch, delivers} = logging
  return {
    answer: 'yes',
    destinations: [
      ...(s3 ? [`s3://${[s3.bucket, s3.prefix].filter((part) => part !== null && part !== '').join('/')}`] : []),
      ...(cloudWatch ? [`log group ${cloudWatch.logGroup}`] : []),
      ...(cloudWatch?.largeDataBucket ? [`s3://${cloudWatch.largeDataBucket} (large bodies)`] : []),
    ],
    delivers,
    ...provenance,
  }
}

function unknown(source: string, asOf: string | null): InvocationLoggingState {
  return {answer: 'unknown', destinations: [], delivers: [], source, asOf}
}
