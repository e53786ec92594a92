import {usageError} from '../../core/errors.js'
import type {By} from './actual.schema.js'
import {PRINCIPAL_PREFIX} from './untagged.js'

/**
 * The tag that spend is told by: the one named, or the only one that is activated. Where the answer is by it and it
 * cannot be told which, the caller has to say.
 */
export function chooseTag(
  by: By,
  named: string | undefined,
  active: readonly string[] | undefined,
): string | undefined {
  return by === 'principal' ? principalTag(named, active) : resourceTag(by, named, active)
}

function resourceTag(by: By, named: string | undefined, active: readonly string[] | undefined): string | undefined {
  const keys = (active ?? []).filter((key) => !key.startsWith(PRINCIPAL_PREFIX) && !key.startsWith('aws:'))
  const [only, ...others] = keys
  const chosen = named ?? (others.length === 0 ? only : undefined)
  if (chosen !== undefined || by !== 'tag') return chosen
  throw usageError('TAG_MISSING', 'Say which tag: --tag KEY.', {
    why: keys.length === 0 ? 'No tag is known to be activated for cost allocation.' : `Activated: ${keys.join(', ')}.`,
    hint: keys.length === 0 ? 'Activate the tag in Billing, under cost allocation tags, or name it.' : `--tag ${only}`,
  })
}

function principalTag(named: string | undefined, active: readonly string[] | undefined): string {
  const keys = (active ?? []).filter((key) => key.startsWith(PRINCIPAL_PREFIX))
  const [only, ...others] = keys
  if (named !== undefined) return named.startsWith(PRINCIPAL_PREFIX) ? named : `${PRINCIPAL_PREFIX}${named}`
  if (only !== undefined && others.length === 0) return only
  const shown = keys.map((key) => key.slice(PRINCIPAL_PREFIX.length))
  throw usageError('PRINCIPAL_NOT_TOLD', 'Neither CloudWatch nor Cost Explorer names who called.', {
    why: 'Only CUR 2.0 has the principal itself (line_item_iam_principal); Cost Explorer groups by tags of users and roles, once they are activated as IAM principal tags.',
    hint:
      keys.length === 0
        ? 'Tag users and roles, activate the tag for cost allocation with type IAM principal, then add --tag KEY. It holds from then on.'
        : `Say which: ${shown.map((key) => `--tag ${key}`).join(', ')}.`,
  })
}
