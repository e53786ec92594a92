import type {ErrorClass} from '../collect/error-class.js'

/**
 * Why a record has no answer, as retry sees it. `failed-job`: its job failed, or was refused, for what the same bytes
 * would fail for again, or for a reason that nobody knows.
 */
export type RetryClass = ErrorClass | 'failed-job'

/** Classes that are tried again only when asked for; the others are always. */
export const INCLUDABLE = ['validation', 'content-filter', 'other', 'failed-jobs'] as const
export type Includable = (typeof INCLUDABLE)[number]

/** Whether records of the class are tried again. */
export function isRetried(retryClass: RetryClass, include: readonly Includable[]): boolean {
  switch (retryClass) {
    case 'missing':
    case 'throttled':
    case 'timeout':
    case 'model-error':
      return true
    case 'failed-job':
      return include.includes('failed-jobs')
    case 'validation':
    case 'content-filter':
    case 'other':
      return include.includes(retryClass)
  }
}
