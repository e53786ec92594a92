import type {Expression} from '@aws-sdk/client-cost-explorer'
import type {RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import type {Amount, BilledLine} from './billed-line.js'
import {billedLines, billedUntil} from './billed-lines.js'
import {filterOf} from './expression.js'
import type {Period} from './time-period.js'

/** What Cost Explorer knows at this moment, seen through a filter. */
export interface Bill {
  readonly lines: readonly BilledLine[]
  /** Keys of tags that are activated for cost allocation. */
  readonly activeTags: ReadonlySet<string>
  /** Up to what has reached the bill; without anything: undefined. */
  amount(line: BilledLine, period: Period): Amount | undefined
}

export async function openBill(filter: Expression | undefined, context: RequestContext): Promise<Bill> {
  const activeTags = activeTagsOf(context)
  const keep = filterOf(filter, activeTags)
  const until = billedUntil(context.now())
  const lines = (await billedLines(context)).filter(keep)
  return {
    lines,
    activeTags,
    amount(line, [from, to]) {
      const amount = line.amount(from, Math.max(from, Math.min(to, until)))
      return amount.usd === 0 && amount.quantity === 0 ? undefined : amount
    },
  }
}

/** Tags are activated by the account that pays. */
function activeTagsOf(context: RequestContext): ReadonlySet<string> {
  const {organization} = context.world
  const payer = organization?.accounts.has(context.account) ? organization.managementAccount : context.account
  const {cost} = placeOf(context.world.accounts.has(payer) ? {...context, account: payer} : context).account
  return new Set((cost.allocationTags ?? []).filter(({active}) => active).map(({key}) => key))
}
