import {AccountClient, paginateListRegions} from '@aws-sdk/client-account'
import {DescribeRegionsCommand, EC2Client} from '@aws-sdk/client-ec2'
import type {RegionOptIn, RegionOptInSource} from '../account/ports.js'
import {BedrockctlError} from '../core/errors.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const ACCOUNT_WORDS: Readonly<Record<string, RegionOptIn>> = {
  ENABLED: 'enabled',
  ENABLING: 'enabling',
  DISABLING: 'disabling',
  DISABLED: 'disabled',
  ENABLED_BY_DEFAULT: 'enabled-by-default',
}
const EC2_WORDS: Readonly<Record<string, RegionOptIn>> = {
  'opt-in-not-required': 'enabled-by-default',
  'opted-in': 'enabled',
  'not-opted-in': 'disabled',
}

// Account Management is closed to many roles and absent in some partitions; EC2 tells the same.
const ASK_EC2_AFTER = new Set(['ACCESS_DENIED', 'UNREACHABLE', 'NOT_IMPLEMENTED', 'CREDENTIALS_INVALID'])

export function createRegionOptInSource(wire: Wire, homeRegion: () => Promise<string>): RegionOptInSource {
  return {
    async listRegionOptIns(signal) {
      const region = await homeRegion()
      try {
        return await fromAccount(wire, region, signal)
      } catch (error) {
        if (!(error instanceof BedrockctlError && ASK_EC2_AFTER.has(error.code))) throw error
        return await fromEc2(wire, region, signal)
      }
    },
  }
}

async function fromAccount(
  wire: Wire,
  region: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, RegionOptIn>> {
  const client = wire.client('account', region, (config) => new AccountClient(config))
  const regions = await wire.call('account', {action: 'account:ListRegions', region}, signal, (abortSignal) =>
    collectPages(
      paginateListRegions({client, pageSize: 50}, {}, {abortSignal}),
      (page) => page.Regions,
      (page) => page.NextToken,
    ),
  )
  return toMap(regions.map(({RegionName, RegionOptStatus}) => [RegionName, ACCOUNT_WORDS[RegionOptStatus ?? '']]))
}

async function fromEc2(wire: Wire, region: string, signal?: AbortSignal): Promise<ReadonlyMap<string, RegionOptIn>> {
  const client = wire.client('ec2', region, (config) => new EC2Client(config))
  const answer = await wire.call('ec2', {action: 'ec2:DescribeRegions', region}, signal, (abortSignal) =>
    client.send(new DescribeRegionsCommand({AllRegions: true}), {abortSignal}),
  )
  return toMap((answer.Regions ?? []).map(({RegionName, OptInStatus}) => [RegionName, EC2_WORDS[OptInStatus ?? '']]))
}

/** A state with a word we do not know is left out: unknown, not enabled. */
function toMap(
  entries: readonly (readonly [string | undefined, RegionOptIn | undefined])[],
): ReadonlyMap<string, RegionOptIn> {
  return new Map(
    entries.flatMap(([name, state]) => (name === undefined || state === undefined ? [] : [[name, state] as const])),
  )
}
