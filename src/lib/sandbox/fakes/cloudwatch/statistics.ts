import type {Tally} from '../../metrics/tally.js'

const SHARE = /^(p|tm)(\d{1,2}(?:\.\d+)?|100)$/
const RANGE = /^(TM|PR)\((\d+(?:\.\d+)?)?(%?):(\d+(?:\.\d+)?)?(%?)\)$/i

/** A statistic by its name in CloudWatch, of something that was counted; `undefined` where there is none of that name. */
export function statisticOf(tally: Tally, name: string): number | undefined {
  switch (name) {
    case 'SampleCount':
      return tally.count
    case 'Sum':
      return tally.sum
    case 'Average':
      return tally.sum / tally.count
    case 'Minimum':
      return tally.minimum
    case 'Maximum':
      return tally.maximum
    case 'IQM':
      return tally.trimmedMean(0.25, 0.75)
    default:
      return byShare(tally, name) ?? byRange(tally, name)
  }
}

function byShare(tally: Tally, name: string): number | undefined {
  const [, kind, percent] = SHARE.exec(name) ?? []
  if (percent === undefined) return undefined
  const share = Number(percent) / 100
  return kind === 'p' ? tally.quantile(share) : tally.trimmedMean(0, share)
}

/** Between two percents, or for PR between two values. */
function byRange(tally: Tally, name: string): number | undefined {
  const [, kind, low, lowUnit, high, highUnit] = RANGE.exec(name) ?? []
  if (kind === undefined || (low === undefined && high === undefined)) return undefined
  if (kind.toUpperCase() === 'PR') {
    const upTo = high === undefined ? 1 : tally.shareUpTo(Number(high))
    return 100 * (upTo - (low === undefined ? 0 : tally.shareUpTo(Number(low))))
  }
  if ((low !== undefined && lowUnit === '') || (high !== undefined && highUnit === '')) return undefined
  return tally.trimmedMean(Number(low ?? 0) / 100, Number(high ?? 100) / 100)
}
