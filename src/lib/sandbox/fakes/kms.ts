import type * as KMS from '@aws-sdk/client-kms'
import {InvalidArnException, InvalidMarkerException, NotFoundException} from '@aws-sdk/client-kms'
import {parseArn} from '../../core/arn.js'
import {handlersFor, type RequestContext, WireError} from '../handler.js'
import type {KmsKey} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {type PageRequest, pageOf} from './page.js'

const YEAR_DAYS = 365

export default handlersFor<typeof KMS>()({
  ListKeys({Limit = 100, Marker}, context) {
    const {items, ...end} = page(keysHere(context), {token: Marker, size: Limit, scope: 'keys'})
    return {Keys: items.map(({id}) => ({KeyId: id, KeyArn: keyArn(id, context)})), ...end}
  },

  ListAliases({KeyId, Limit = 50, Marker}, context) {
    const only = KeyId === undefined ? undefined : findKey(KeyId, context).id
    const {date, arn} = placeOf(context)
    const all = keysHere(context)
      .filter(({id}) => only === undefined || id === only)
      .flatMap(({id, aliases = [], createdOn}) => aliases.map((name) => ({id, name, created: date(createdOn)})))
    const {items, ...end} = page(all, {token: Marker, size: Limit, scope: `aliases:${only ?? ''}`})
    const aliases = items.map(({id, name, created}) => ({
      AliasName: name,
      AliasArn: arn('kms', name),
      TargetKeyId: id,
      CreationDate: created,
      LastUpdatedDate: created,
    }))
    return {Aliases: aliases, ...end}
  },

  DescribeKey({KeyId}, context) {
    const key = findKey(KeyId, context, true)
    const {date} = placeOf(context)
    const {state = 'Enabled', deletionOn} = key
    return {
      KeyMetadata: {
        AWSAccountId: context.account,
        KeyId: key.id,
        Arn: keyArn(key.id, context),
        CreationDate: date(key.createdOn),
        Enabled: state === 'Enabled',
        Description: key.description ?? '',
        KeyUsage: 'ENCRYPT_DECRYPT' as const,
        KeyState: state,
        ...(state === 'PendingDeletion' && {DeletionDate: date(deletionOn ?? '+30d')}),
        Origin: 'AWS_KMS' as const,
        KeyManager: key.manager ?? ('CUSTOMER' as const),
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' as const,
        KeySpec: 'SYMMETRIC_DEFAULT' as const,
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT' as const],
        MultiRegion: false,
      },
    }
  },

  GetKeyPolicy({KeyId, PolicyName = 'default'}, context) {
    const key = findKey(KeyId, context)
    if (PolicyName !== 'default') throw notFound(`No such policy exists`)
    return {Policy: JSON.stringify(key.policy ?? defaultPolicy(context)), PolicyName}
  },

  GetKeyRotationStatus({KeyId}, context) {
    const {id, state = 'Enabled', rotation = true} = findKey(KeyId, context)
    const rotates = rotation && state !== 'PendingDeletion'
    return {
      KeyId: id,
      KeyRotationEnabled: rotates,
      ...(rotates && {RotationPeriodInDays: YEAR_DAYS, NextRotationDate: placeOf(context).date('+90d')}),
    }
  },

  ListKeyPolicies({KeyId, Marker}, context) {
    const {id} = findKey(KeyId, context)
    const {items, ...end} = page(['default'], {token: Marker, size: 100, scope: `policies:${id}`})
    return {PolicyNames: items, ...end}
  },

  ListResourceTags({KeyId, Limit = 50, Marker}, context) {
    const {id, tags = {}} = findKey(KeyId, context)
    const all = Object.entries(tags).map(([TagKey, TagValue]) => ({TagKey, TagValue}))
    const {items, ...end} = page(all, {token: Marker, size: Limit, scope: `tags:${id}`})
    return {Tags: items, ...end}
  },
})

const keysHere = (context: RequestContext): readonly KmsKey[] => placeOf(context).resources.keys ?? []

const keyArn = (id: string, context: RequestContext): string => placeOf(context).arn('kms', `key/${id}`)

/** By id or ARN, and where the operation takes them by alias; a key of another account answers to nobody here. */
function findKey(wanted: string, context: RequestContext, byAlias = false): KmsKey {
  const name = resourceOf(wanted, context)
  if (name.startsWith('alias/')) return findByAlias(wanted, name, context, byAlias)
  const key = keysHere(context).find(({id}) => id === name)
  if (!key) throw notFound(`Key '${keyArn(name, context)}' does not exist`)
  return key
}

/** A key id or an alias; an ARN must be of this account and Region. */
function resourceOf(wanted: string, context: RequestContext): string {
  if (!wanted.startsWith('arn:')) return wanted
  const arn = parseArn(wanted)
  if (arn?.service !== 'kms') throw invalidArn(wanted)
  if (arn.region !== context.region) throw notFound(`Invalid arn ${arn.region}`)
  if (arn.account !== context.account) throw foreign(wanted, context)
  return arn.resource.replace(/^key\//, '')
}

function findByAlias(wanted: string, alias: string, context: RequestContext, allowed: boolean): KmsKey {
  if (!allowed) throw wanted === alias ? notFound(`Invalid keyId '${wanted}'`) : invalidArn(wanted)
  const key = keysHere(context).find(({aliases}) => aliases?.includes(alias))
  if (!key) throw notFound(`Alias ${placeOf(context).arn('kms', alias)} is not found.`)
  return key
}

function foreign(arn: string, {world, account, accessKeyId, operation}: RequestContext): WireError {
  const message =
    `User: ${world.principal(account, accessKeyId)} is not authorized to perform: kms:${operation} on resource: ` +
    `${arn} because the resource does not exist in this Region, no resource-based policies allow access, or a ` +
    'resource-based policy explicitly denies access'
  return new WireError('AccessDeniedException', message, 400)
}

const notFound = (message: string): NotFoundException => new NotFoundException({message, $metadata: {}})

const invalidArn = (arn: string): InvalidArnException =>
  new InvalidArnException({message: `Invalid arn ${arn}`, $metadata: {}})

function defaultPolicy({account, world}: RequestContext) {
  const {partition} = world.account(account)
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: {AWS: `arn:${partition}:iam::${account}:root`},
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  }
}

/** KMS says on every page whether it is the last. */
function page<Item>(all: readonly Item[], request: PageRequest) {
  const found = pageOf(all, request)
  if (!found) throw new InvalidMarkerException({message: 'The marker is invalid.', $metadata: {}})
  const {items, next} = found
  return {items, Truncated: next !== undefined, ...(next !== undefined && {NextMarker: next})}
}
