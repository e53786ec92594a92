import {AccessDeniedException} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import type {KmsKey} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {findRole} from './batch/role-rights.js'
import {keyAllows, roleMayUseKey} from './key-rights.js'
import {invalid} from './refusals.js'

// https://docs.aws.amazon.com/bedrock/latest/userguide/import-model-using-cmk.html
const NEEDED = ['kms:CreateGrant', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt']

/**
 * ARN of the key that a model is to be kept under, given as id, alias or ARN of one. The guide does not say whether the
 * caller or the job's role must be let use it: either will do here.
 */
export function modelKey(wanted: string | undefined, roleArn: string, context: RequestContext): string | undefined {
  if (wanted === undefined) return undefined
  const key = findKey(wanted, context)
  if (!key) throw invalid(`The KMS key ${wanted} does not exist in this Region.`)
  if ((key.state ?? 'Enabled') !== 'Enabled') throw invalid(`The KMS key ${wanted} is not enabled.`)
  const keyArn = placeOf(context).arn('kms', `key/${key.id}`)
  const role = findRole(roleArn, context)
  const roleLacks = NEEDED.find((action) => !(role && roleMayUseKey(role, action, keyArn, context)))
  const callerLacks = NEEDED.find((action) => !callerMay(action, key, keyArn, context))
  if (roleLacks === undefined || callerLacks === undefined) return keyArn
  const message = `Neither the caller nor the service role is authorized to perform: ${callerLacks} on resource: ${keyArn}`
  throw new AccessDeniedException({message, $metadata: {}})
}

function findKey(wanted: string, context: RequestContext): KmsKey | undefined {
  const {account, region} = context
  const arn = parseArn(wanted)
  if (arn && (arn.account !== account || arn.region !== region)) return undefined
  const name = (arn?.resource ?? wanted).replace(/^key\//, '')
  const keys = placeOf(context).resources.keys ?? []
  return keys.find(({id, aliases = []}) => id === name || aliases.includes(name))
}

function callerMay(action: string, key: KmsKey, keyArn: string, context: RequestContext): boolean {
  const {world, account, accessKeyId, region} = context
  const principal = world.principal(account, accessKeyId)
  const denied = world.authorise({account, accessKeyId, action, region}) !== undefined
  return !denied && keyAllows(key, {action, resource: keyArn, context: {}}, principal, keyArn)
}
