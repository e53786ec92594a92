import {setTimeout as wait} from 'node:timers/promises'
import {loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS} from '@smithy/core/config'
import {METADATA_TIMEOUT_MS} from './credentials.js'
import {requireProfile} from './profiles.js'

/** AWS_REGION, AWS_DEFAULT_REGION (as the AWS CLI reads it), the profile, the instance; `undefined` when none says. */
export async function readDefaultRegion(profile: string | undefined): Promise<string | undefined> {
  const fromEnvironment = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION']
  if (fromEnvironment) return fromEnvironment
  const section = await requireProfile(profile)
  if (section?.['region']) return section['region']
  const ofInstance = loadConfig(NODE_REGION_CONFIG_OPTIONS, {
    ...NODE_REGION_CONFIG_FILE_OPTIONS,
    ...(profile === undefined ? {} : {profile}),
  })()
  const patience = new AbortController()
  try {
    return await Promise.race([
      ofInstance.catch(() => undefined),
      wait(METADATA_TIMEOUT_MS, undefined, {signal: patience.signal}),
    ])
  } finally {
    patience.abort()
  }
}
