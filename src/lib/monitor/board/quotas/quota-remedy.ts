import {type Asked, commandAgain} from '../../../core/command-again.js'
import {shellWord} from '../../../core/shell-word.js'
import type {QuotaRow} from './quota-rows.js'
import type {QuotaLimit} from './quotas.schema.js'

/** What is asked for leaves so much of itself unused. */
const AIM = 0.6
/** From this share on more room is worth asking for. */
const NEAR = 0.5

/** What can be done about a quota, commands among it; nothing where it is far from full. */
export function quotaRemedy(row: QuotaRow, asked: Asked): readonly string[] {
  const {limit, region} = row
  if (limit === undefined) return [commandAgain(`account quotas --region ${region}`, asked)]
  const {code, model} = limit
  const look = commandAgain(`account quotas${model === null ? '' : ` --model ${model}`} --region ${region}`, asked)
  const highest = Math.max(row.share ?? 0, row.peakShare ?? 0)
  if (highest < NEAR) return [look]
  return [...waysOut(limit), ...asking(row, limit, asked), quotaLink(region, code), look]
}

/** Nothing where the limit leaves that much room already. */
function asking({leftMs, peak, region, used, value}: QuotaRow, limit: QuotaLimit, {profile}: Asked): readonly string[] {
  const {adjustable, code} = limit
  // A quota by the day may hold for more than its value says.
  const factor = value === null || limit.value === null || limit.value === 0 ? 1 : value / limit.value
  const most = Math.max(peak ?? 0, used ?? 0) / factor
  const wanted = Math.ceil(Math.max(most / AIM, leftMs === null ? 0 : 2 * (limit.value ?? 0)))
  if (limit.value !== null && wanted <= limit.value) return []
  if (adjustable === false) return ['Service Quotas does not raise it; the limit increase form of a support case may.']
  const who = profile ? ` --profile ${shellWord(profile)}` : ''
  return [
    `aws service-quotas request-service-quota-increase --service-code bedrock --region ${region} --quota-code ${code} --desired-value ${wanted}${who}`,
  ]
}

/** What helps without asking anybody. */
function waysOut({kind, outputBurndown, route}: QuotaLimit): readonly string[] {
  switch (kind) {
    case 'tpm':
    case 'tpd':
      return [
        ...(outputBurndown !== null && outputBurndown > 1
          ? [`Each output token takes ${outputBurndown}: lower max_tokens, which is reserved when a call begins.`]
          : []),
        'Tokens read from a prompt cache take nothing.',
        ...(route === 'in-region' ? ['Call a cross-Region profile of the model: it has a quota of its own.'] : []),
        ...(route === 'geo' ? ['Call the global profile where data may go anywhere: it has a quota of its own.'] : []),
      ]
    case 'batch-jobs':
      return ['Join small jobs: a job takes many records.']
    default:
      return []
  }
}

/** The page of the quota in the console, in the partition of most Regions. */
function quotaLink(region: string, code: string): string {
  return `https://${region}.console.aws.amazon.com/servicequotas/home/services/bedrock/quotas/${code}`
}
