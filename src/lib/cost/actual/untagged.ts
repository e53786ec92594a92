import {sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {Untagged} from './actual.schema.js'
import {purseOf, toMoney} from './money.js'
import type {UsedLine} from './price-tokens.js'
import type {Bill} from './read-bill.js'

/** Tags of whoever called, as Cost Explorer names them: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/iam-principal-cost-allocation.html */
export const PRINCIPAL_PREFIX = 'iamPrincipal/'

/** What of the spend has no value of the tag, and who is to be tagged. */
export function untaggedOf(tag: string, used: readonly UsedLine[] | null, bill: Bill | null): Untagged {
  const tagged = bill?.tagged ?? []
  const without = tagged.filter(({value}) => value === '')
  const all = purseOf(tagged)
  const [only, ...others] = all
  const isOne = only !== undefined && others.length === 0 && !only[1].eq(ZERO)
  const share = isOne ? toNumber(sumOf(without.map(({amount}) => amount)).div(only[1])) : null
  const ofPrincipals = tag.startsWith(PRINCIPAL_PREFIX)
  const lines = ofPrincipals ? [] : (used ?? [])
  const ids = (keep: (line: UsedLine) => boolean) => [...new Set(lines.filter(keep).map(({called}) => called))].sort()
  return {
    tag,
    active: bill?.activeTags ? bill.activeTags.includes(tag) : null,
    billed: bill?.tagged ? toMoney(purseOf(without)) : null,
    share,
    profiles: ids(({target}) => target.tags !== undefined && target.tags !== null && target.tags[tag] === undefined),
    systemIds: ids(({target}) => target.tags === null),
  }
}
