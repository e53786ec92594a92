import {read} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import type {GuardrailProfiles} from '../../iam/guardrail-profiles.schema.js'
import type {GuardrailUse} from '../../iam/legs/target.js'

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
  if (chosen !== 'DRAFT' && found.versions.status === 'read') {
    const known = found.versions.value.map((one) => one.version)
    if (!known.includes(chosen)) {
      throw usageError('UNKNOWN_GUARDRAIL_VERSION', `Guardrail ${found.id} has no version ${chosen}.`, {
        hint: `It has ${[...known, 'DRAFT'].join(', ')}.`,
      })
    }
  }
  return guardrailUse(found, chosen, region, profiles)
}

/** A guardrail with the profile behind that version; the profile stays unknown where the version was not read. */
export function guardrailUse(
  guardrail: Guardrail,
  version: string,
  region: string,
  profiles: GuardrailProfiles,
): GuardrailUse {
  const use = {id: guardrail.id, version}
  const profileArn = profileOf(guardrail, version)
  if (profileArn === undefined) return use
  if (profileArn === null) return {...use, profile: null}
  const id = profileArn.slice(profileArn.lastIndexOf('/') + 1)
  return {...use, profile: {id, destinations: profiles.profiles[id]?.[region] ?? null}}
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
function profileOf({draft, versions}: Guardrail, version: string): string | null | undefined {
  const listed = versions.status === 'read' ? versions.value.find((one) => one.version === version)?.detail : undefined
  const part = version === 'DRAFT' ? draft : listed
  return part?.status === 'read' ? part.value.profileArn : undefined
}
