import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import type {ContextValues} from '../../iam/request-context.js'

/** Keys of every service that policies about calls name; the others come with the facts. */
const GLOBAL_KEYS = [
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalOrgID',
  'aws:Referer',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:ResourceOrgID',
  'aws:SourceIdentity',
  'aws:SourceIp',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:TokenIssueTime',
  'aws:UserAgent',
  'aws:VpcSourceIp',
  'aws:userid',
]
const KEY = /^[a-z0-9-]+:[\w@+=.,:/ -]+$/i

/**
 * `key=value` as context keys. The same key several times is a key with several values; nothing after the sign means that
 * the request does not carry the key.
 */
export function parseContext(entries: readonly string[], facts: IamFacts): ContextValues {
  const values = new Map<string, string[] | null>()
  for (const entry of entries) {
    const at = entry.indexOf('=')
    const key = at === -1 ? entry : entry.slice(0, at)
    if (at === -1 || !KEY.test(key)) throw badContext(entry, key, facts)
    const value = entry.slice(at + 1)
    const before = values.get(key)
    if (before !== undefined && (value === '' || before === null)) {
      throw usageError('BAD_CONTEXT', `--context says of ${key} both that it is absent and what it is.`, {
        hint: 'Give values, or nothing after the sign, not both.',
      })
    }
    values.set(key, value === '' ? null : [...(before ?? []), value])
  }
  return Object.fromEntries(
    [...values].map(([key, found]) => [key, found?.length === 1 ? (found[0] ?? null) : found] as const),
  )
}

function badContext(entry: string, key: string, facts: IamFacts) {
  const known = [...GLOBAL_KEYS, ...facts.services.flatMap(({conditionKeys}) => Object.keys(conditionKeys))]
  return usageError('BAD_CONTEXT', `--context does not understand "${entry}".`, {
    why: entry.includes('=') ? didYouMean(key, known) : 'There is no = in it.',
    hint: 'Write a condition key and its value: --context aws:SourceIp=192.0.2.1. Nothing after the sign: not carried.',
  })
}
