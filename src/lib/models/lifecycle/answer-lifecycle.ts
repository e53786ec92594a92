import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'
import {assessLifecycle, type LifecyclePorts, type LifecycleThreshold, type StatusWord} from './assess-lifecycle.js'
import type {LifecycleResult} from './lifecycle.schema.js'
import {type ScanThreshold, scanLifecycle} from './scan-lifecycle.js'

/** What was asked for, before it is known to make sense. */
export interface LifecycleRequest {
  readonly models: readonly string[]
  /** Folders of --scan; undefined without it. */
  readonly folders: readonly string[] | undefined
  readonly regions: readonly string[]
  /** Text of --within. */
  readonly within: string | undefined
  readonly statuses: readonly StatusWord[]
  readonly failOn: LifecycleThreshold | ScanThreshold | undefined
  /** Today. */
  readonly at: Date
}

/** Answers for the models named or offered, or for those that sources name. Words that do not go together are refused. */
export async function answerLifecycle(
  request: LifecycleRequest,
  ports: LifecyclePorts,
  options: {readonly signal: AbortSignal; readonly onProgress?: (read: number) => void},
): Promise<LifecycleResult> {
  const {folders, regions, at, models, statuses} = request
  const withinDays = parseWithin(request.within)
  if (folders === undefined) {
    const failOn = request.failOn ?? 'never'
    if (failOn === 'error' || failOn === 'warning') throw misfit(failOn, 'eol, legacy, within or never', '')
    return assessLifecycle({models, regions, withinDays, statuses, failOn, at}, ports, options.signal)
  }
  const failOn = request.failOn ?? 'error'
  if (failOn !== 'error' && failOn !== 'warning' && failOn !== 'never') {
    throw misfit(failOn, 'error, warning or never', ' with --scan')
  }
  if (models.length > 0 || statuses.length > 0) {
    throw usageError('SCAN_OR_MODELS', `--scan takes no ${models.length > 0 ? 'models' : '--status'}: it finds them.`, {
      hint: `Leave out ${[...models, ...statuses.map((word) => `--status ${word}`)].join(' ')}.`,
    })
  }
  return scanLifecycle({folders, regions, withinDays, failOn, at}, ports, options)
}

function misfit(failOn: string, words: string, where: string) {
  return usageError('INVALID_THRESHOLD', `--fail-on ${failOn} does not go${where || ' without --scan'}.`, {
    hint: `Write ${words}${where}.`,
  })
}

/** `90d` → 90; parts of a day count as one. */
function parseWithin(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = parseDurationMs(text)
  if (ms === undefined) {
    throw usageError('INVALID_DURATION', `--within ${text} is not a duration.`, {
      hint: 'Write a number and a unit: 30d, 12w.',
    })
  }
  return Math.ceil(ms / 86_400_000)
}
