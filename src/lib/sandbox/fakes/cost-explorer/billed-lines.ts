import type {RequestContext} from '../../handler.js'
import {momentAt} from '../../world/moment.js'
import type {ScenarioCost} from '../../world/scenario.schema.js'
import {type BilledLine, overlapMs} from './billed-line.js'
import {guardrailLines} from './guardrail-lines.js'
import {notServed} from './refusals.js'
import {type Unpriced, usageLines} from './usage-lines.js'

type Spend = NonNullable<ScenarioCost['spend']>[number]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Of what has no price. */
const TOLD = 5

/** How far behind the bill is: AWS refreshes it at least once in 24 hours. */
const LAG_MS = DAY_MS

/** All that the caller may see billed: its own account, and those of the organisation when it manages that. */
export async function billedLines(context: RequestContext): Promise<readonly BilledLine[]> {
  const accounts = visibleAccounts(context)
  return (await Promise.all(accounts.map((account) => linesOfAccount({...context, account})))).flat()
}

/** Up to when use is on the bill: whole hours. */
export function billedUntil(now: number): number {
  return Math.floor((now - LAG_MS) / HOUR_MS) * HOUR_MS
}

/** Accounts whose costs the caller sees. */
export function visibleAccounts({world, account}: RequestContext): readonly string[] {
  const {organization} = world
  if (organization?.managementAccount !== account) return [account]
  return [...organization.accounts.keys()].filter((id) => world.accounts.has(id))
}

async function linesOfAccount(context: RequestContext): Promise<readonly BilledLine[]> {
  const {world, account} = context
  const {billed, resources} = world.account(account)
  const busy = [...world.traffic.keys()].filter((place) => place.startsWith(`${account}/`))
  const regions = new Set([
    ...resources.byRegion.keys(),
    ...busy.map((place) => place.slice(account.length + 1)),
    ...billed.keys(),
  ])
  const used = await Promise.all(
    [usageLines, guardrailLines].flatMap((lines) => [...regions].map((region) => lines({...context, region}))),
  )
  const spent = (resources.cost.spend ?? []).map((one) => spendLine(one, account, resources.startedAt))
  return [...priced(used.flat()), ...spent]
}

/** A bill that left out what has no price would be wrong without a word. */
function priced(lines: readonly (BilledLine | Unpriced)[]): readonly BilledLine[] {
  const missing = lines.filter((line) => 'unpriced' in line).map(({unpriced}) => unpriced)
  if (missing.length > 0) {
    const more = missing.length > TOLD ? ` and ${missing.length - TOLD} more` : ''
    throw notServed(`price for what its scenario uses: ${missing.slice(0, TOLD).join(', ')}${more}`)
  }
  return lines.filter((line): line is BilledLine => !('unpriced' in line))
}

/** What a scenario says is spent, the same every day. */
function spendLine(spend: Spend, account: string, startedAt: number): BilledLine {
  const {service, usageType, region, usdPerDay, quantityPerDay = 0, unit = 'N/A', tags = {}} = spend
  const span = {
    since: spend.since === undefined ? Number.NEGATIVE_INFINITY : momentAt(spend.since, startedAt),
    until: spend.until === undefined ? Number.POSITIVE_INFINITY : momentAt(spend.until, startedAt),
  }
  return {
    account,
    service,
    usageType,
    region,
    unit,
    tags,
    operation: spend.operation ?? 'None',
    recordType: spend.recordType ?? 'Usage',
    billingEntity: spend.billingEntity ?? 'AWS',
    amount(from, to) {
      const days = overlapMs(span, from, to) / DAY_MS
      return {usd: usdPerDay * days, quantity: quantityPerDay * days}
    },
  }
}
