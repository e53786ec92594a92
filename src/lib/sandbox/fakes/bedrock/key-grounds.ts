import type {RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {invalid} from './refusals.js'

/** A key of the account that is named must be there and usable; one of another account is let pass. */
export function checkKey(wanted: string | undefined, context: RequestContext): void {
  if (wanted === undefined) return
  const {account} = context
  if (wanted.startsWith('arn:') && wanted.split(':')[4] !== account) return
  const name = wanted.startsWith('arn:') ? (wanted.split(':')[5] ?? '').replace(/^key\//, '') : wanted
  const keys = placeOf(context).resources.keys ?? []
  const key = keys.find(({id, aliases = []}) => id === name || aliases.includes(name))
  if (!key || (key.state ?? 'Enabled') !== 'Enabled') {
    throw invalid(`The provided KMS key ${wanted} does not exist, or is not enabled.`)
  }
}
