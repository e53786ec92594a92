import {read, readPart} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import type {GuardrailUse} from '../../iam/legs/target.js'
import type {GuardrailProfiles} from './guardrail-profiles.schema.js'

type Guardrail = ReadItem<'bedrock:guardrails'>

/**
 * What a call names with `ID[:VERSION]`; id, ARN or name. Without a version it is the newest published one, else the
 * draft. Where guardrails were not read, the profile behind it stays unknown.
 */
export function findGuardrail(
  text: string,
  region: string,
  snapshot: AccountSnapshot,
  profiles: GuardrailProfiles,
): GuardrailUse {
  const {name, version} = splitVersion(text)
  const listed = read(snapshot, 'bedrock:guardrails', region)
  if (listed.state === 'unread') return {id: name.replace(/^arn:.*guardrail\//, ''), version: version ?? 'DRAFT'}
  const found = listed.value.find((one) => one.id === name || one.arn === name || one.name === name)
  if (found === undefined) {
    const names = listed.value.flatMap((one) => [one.id, one.name])
    throw usageError('UNKNOWN_GUARDRAIL', `${region} of the account has no guardrail "${name}".`, {
      hint: didYouMean(name, names) ?? (names.length === 0 ? 'It has none at all.' : `There is ${names.join(', ')}.`),
    })
  }
  const chosen = version ?? newestVersion(found)
  const profileArn = profileOf(found, chosen)
  if (profileArn === undefined) return {id: found.id, version: chosen}
  if (profileArn === null) return {id: found.id, version: chosen, profile: null}
  const id = profileArn.slice(profileArn.lastIndexOf('/') + 1)
  return {id: found.id, version: chosen, profile: {id, destinations: profiles.profiles[id]?.[region] ?? null}}
}

export function splitVersion(text: string): {readonly name: string; readonly version: string | undefined} {
  const found = /^(.+):(\d+|DRAFT)$/i.exec(text)
  return {name: found?.[1] ?? text, version: found?.[2]?.toUpperCase()}
}

function newestVersion({versions}: Guardrail): string {
  const numbers = versions.status === 'read' ? versions.value.map(({version}) => Number(version)) : []
  const newest = Math.max(0, ...numbers.filter(Number.isInteger))
  return newest === 0 ? 'DRAFT' : String(newest)
}

/** Undefined when that version was not read. */
function profileOf({id, draft, versions}: Guardrail, version: string): string | null | undefined {
  const drafted = readPart(draft)
  if (version === 'DRAFT') return drafted.state === 'read' ? drafted.value.profileArn : undefined
  if (versions.status !== 'read') return undefined
  const found = versions.value.find((one) => one.version === version)
  if (found === undefined) {
    const known = versions.value.map((one) => one.version)
    throw usageError('UNKNOWN_GUARDRAIL_VERSION', `Guardrail ${id} has no version ${version}.`, {
      hint: `It has ${[...known, 'DRAFT'].join(', ')}.`,
    })
  }
  const detail = readPart(found.detail)
  return detail.state === 'read' ? detail.value.profileArn : undefined
}
