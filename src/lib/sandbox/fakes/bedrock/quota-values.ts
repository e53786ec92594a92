import type {RequestContext} from '../../handler.js'
import {readQuotas} from '../../world/quotas.js'

/** The value of a quota that counts for the account: its own, or the default. */
export type QuotaValues = (code: string) => number

export async function quotaValues({world, account}: RequestContext): Promise<QuotaValues> {
  const defaults = new Map((await readQuotas()).map(({code, value}) => [code, value]))
  const {quotas} = world.account(account)
  return (code) => quotas.get(code) ?? defaults.get(code) ?? Number.POSITIVE_INFINITY
}
