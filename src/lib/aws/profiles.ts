import {loadSharedConfigFiles} from '@smithy/core/config'
import {didYouMean} from '../core/closest.js'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'

/** One section of the AWS configuration: config and credentials file together. */
export type ProfileSection = Readonly<Record<string, string | undefined>>

/** The profiles of the AWS config and credentials files; missing files are no profiles. */
export async function readProfiles(): Promise<ReadonlyMap<string, ProfileSection>> {
  const {configFile, credentialsFile} = await loadSharedConfigFiles()
  const profiles = new Map<string, ProfileSection>()
  for (const file of [configFile, credentialsFile]) {
    for (const [name, section] of Object.entries(file)) {
      if (!/^(sso-session|services)\./.test(name)) profiles.set(name, {...profiles.get(name), ...section})
    }
  }
  return profiles
}

/** The profile that will be used: asked for, or named by the environment; `undefined` when neither. */
export function chosenProfile(asked: string | undefined): string | undefined {
  return asked ?? (process.env['AWS_PROFILE'] || undefined)
}

/** Refuses a profile that no file has, with the nearest names there are. */
export async function requireProfile(asked: string | undefined): Promise<ProfileSection | undefined> {
  const name = chosenProfile(asked)
  const profiles = await readProfiles()
  if (name === undefined) return profiles.get('default')
  const section = profiles.get(name)
  if (section === undefined) throw profileNotFound(name, [...profiles.keys()], asked === undefined)
  return section
}

function profileNotFound(name: string, names: readonly string[], fromEnvironment: boolean): BedrockctlError {
  return usageError('PROFILE_NOT_FOUND', `No AWS profile is called "${sanitise(name)}".`, {
    why: fromEnvironment ? 'AWS_PROFILE names it.' : undefined,
    hint:
      didYouMean(name, names.map(sanitise)) ??
      (names.length > 0
        ? `There are: ${names.slice(0, 8).map(sanitise).join(', ')}.`
        : 'The AWS config and credentials files hold no profile.'),
    actions: names.length > 0 ? ['aws configure list-profiles'] : ['aws configure sso'],
  })
}
