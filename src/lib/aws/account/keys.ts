import {DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient} from '@aws-sdk/client-kms'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type Key = ReadItem<'kms:keys'>

export function keyReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'kms', prefix: 'kms', build: (config) => new KMSClient(config)})
  return {
    'kms:keys': (context, keys) => {
      const kms = ask(context)
      return mapBounded(keys, ({id, uses}) => readKey(id, uses, kms, context))
    },
  }
}

async function readKey(id: string, uses: Key['uses'], kms: Asking<KMSClient>, context: ReadContext): Promise<Key> {
  const detail = await context.part('kms:DescribeKey', () => absentAs(describeKey(id, kms), null))
  if (detail.status === 'read' && detail.value === null) {
    const none = {
      status: 'skipped',
      action: 'kms:DescribeKey',
      code: 'NOT_FOUND',
      reason: 'There is no such key.',
    } as const
    return {id, uses, detail, rotation: none, policy: none}
  }
  // These two take no alias.
  const KeyId = detail.status === 'read' ? (detail.value?.arn ?? id) : id
  const [rotation, policy] = await Promise.all([
    context.part('kms:GetKeyRotationStatus', async () => {
      const answer = await kms.one('GetKeyRotationStatus', (client, options) =>
        client.send(new GetKeyRotationStatusCommand({KeyId}), options),
      )
      return {enabled: answer.KeyRotationEnabled === true, periodDays: answer.RotationPeriodInDays ?? null}
    }),
    context.part('kms:GetKeyPolicy', async () => {
      const answer = await kms.one('GetKeyPolicy', (client, options) =>
        client.send(new GetKeyPolicyCommand({KeyId, PolicyName: 'default'}), options),
      )
      return answer.Policy ?? null
    }),
  ])
  return {id, uses, detail, rotation, policy}
}

async function describeKey(KeyId: string, kms: Asking<KMSClient>): Promise<PartValue<Key['detail']>> {
  const {KeyMetadata: key} = await kms.one('DescribeKey', (client, options) =>
    client.send(new DescribeKeyCommand({KeyId}), options),
  )
  if (!key) return null
  return {
    arn: key.Arn ?? '',
    state: key.KeyState ?? '',
    enabled: key.Enabled === true,
    manager: key.KeyManager ?? '',
    origin: key.Origin ?? null,
    usage: key.KeyUsage ?? null,
    spec: key.KeySpec ?? null,
    multiRegion: key.MultiRegion ?? null,
    deletionAt: moment(key.DeletionDate),
    createdAt: moment(key.CreationDate),
  }
}
