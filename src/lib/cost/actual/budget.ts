import type {Gate} from '../../core/answer.schema.js'
import {usageError} from '../../core/errors.js'
import type {ActualForecast} from './actual.schema.js'

/** Of a month, in US dollars. */
export interface Budget {
  readonly usd: number
}

/** Beyond any bill: a slip of the fingers. */
const MOST = 1e12

/** `5000`, `$5,000`, `5000/month`. */
export function parseBudget(text: string): Budget {
  const match = /^\$?\s*(\d+(?:,\d{3})*(?:\.\d+)?)\s*(?:USD)?\s*(?:\/\s*month)?$/i.exec(text.trim())
  const usd = Number(match?.[1]?.replaceAll(',', ''))
  if (match && usd > 0 && usd <= MOST) return {usd}
  throw usageError('NO_BUDGET', `--budget ${text} is no amount for a month.`, {
    hint: 'Give US dollars: --budget 5000/month',
  })
}

/** Fails on what was spent and on every forecast beyond; what is not known passes nothing. */
export function judgeBudget({usd}: Budget, forecasts: readonly ActualForecast[], gaps: readonly string[] = []): Gate {
  const requirement = `budget of $${usd.toLocaleString('en-US')} a month`
  if (forecasts.length === 0) {
    return {
      requirement,
      passed: false,
      failures: ['what this month costs is not known: neither bill nor metrics could be read'],
    }
  }
  const beyond = forecasts.flatMap(({source, soFar, month}) => {
    const by = source === 'cost-explorer' ? 'billed' : 'by metrics'
    if (soFar.currency !== 'USD') return [`${by} in ${soFar.currency}, which is not the currency of the budget`]
    if (soFar.amount > usd) return [`${by}: ${words(soFar.amount)} so far`]
    return month !== null && month.amount > usd ? [`${by}: ${words(month.amount)} forecast`] : []
  })
  // A forecast by tokens is none of all that is billed.
  const untold = forecasts.some(({month}) => month === null) ? ['what this month comes to is not known'] : []
  const failures = [...beyond, ...gaps, ...(beyond.length === 0 ? untold : [])]
  return {requirement, passed: failures.length === 0, failures}
}

function words(usd: number): string {
  return `$${usd.toLocaleString('en-US', {minimumFractionDigits: 2, maximumFractionDigits: 2})}`
}
