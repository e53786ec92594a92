import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'
import type {Settings} from './settings.js'

/** The global flags as the parser gives them. */
export interface GlobalFlagValues {
  readonly profile?: string | undefined
  readonly region?: readonly string[] | undefined
  readonly 'endpoint-url'?: string | undefined
  readonly sandbox?: string | undefined
  readonly offline: boolean
  readonly 'max-age'?: string | undefined
  readonly quiet: boolean
  readonly debug: boolean
  readonly yes: boolean
  readonly input: boolean
}

/** Flags (already joined with their environment twins) → settings. */
export function resolveSettings(flags: GlobalFlagValues, stream: {readonly interactive: boolean}): Settings {
  const maxAge = flags['max-age']
  const maxAgeMs = maxAge === undefined ? undefined : parseDurationMs(maxAge)
  if (maxAge !== undefined && maxAgeMs === undefined) {
    throw usageError('INVALID_DURATION', `--max-age ${maxAge} is not a duration.`, {
      hint: 'Write a number and a unit: 30m, 12h, 7d.',
    })
  }
  const endpointUrl = flags['endpoint-url']
  if (endpointUrl !== undefined && !URL.canParse(endpointUrl)) {
    throw usageError('INVALID_URL', `--endpoint-url ${endpointUrl} is not a URL.`, {
      hint: 'Write the scheme too: http://127.0.0.1:4599',
    })
  }
  return {
    profile: flags.profile,
    regions: [...new Set((flags.region ?? []).map((name) => name.trim()).filter((name) => name !== ''))],
    endpointUrl,
    sandbox: flags.sandbox,
    offline: flags.offline,
    maxAgeMs,
    debug: flags.debug,
    quiet: flags.quiet,
    interactive: stream.interactive && flags.input,
    yes: flags.yes,
  }
}
