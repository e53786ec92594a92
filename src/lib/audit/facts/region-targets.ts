import {type Reading, read} from '../../account/read.js'
import {findCallTarget} from '../../iam/account/call-targets.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {AuditContext} from '../audit-context.js'

/** Foundation models of a Region, as far as they were read. */
export function modelIds({snapshot}: AuditContext, region: string): readonly string[] {
  const models = read(snapshot, 'bedrock:foundation-models', region)
  return models.state === 'read' ? models.value.map(({id}) => id) : []
}

export type ProfileTarget = Extract<CallTarget, {readonly kind: `${string}-profile`}>

/** An inference profile by its ARN, and what a call to it is. */
export interface NamedProfile {
  readonly arn: string
  readonly target: ProfileTarget
}

interface RegionTargets {
  readonly profiles: Reading<readonly NamedProfile[]>
  readonly byType: ReadonlyMap<string, readonly CallTarget[]>
}

const targets = new WeakMap<AuditContext, Map<string, RegionTargets>>()

/** Every profile that can be called from the Region, of AWS and of the account; not known where they were not read. */
export function profilesIn(context: AuditContext, region: string): Reading<readonly NamedProfile[]> {
  return targetsIn(context, region).profiles
}

/** Profiles or own models of one type of resource in a Region, such as `provisioned-model`, as far as they were read. */
export function ownTargets(context: AuditContext, region: string, type: string): readonly CallTarget[] {
  return targetsIn(context, region).byType.get(type) ?? []
}

function targetsIn(context: AuditContext, region: string): RegionTargets {
  const kept = targets.get(context) ?? new Map<string, RegionTargets>()
  targets.set(context, kept)
  const known = kept.get(region)
  if (known !== undefined) return known
  const profiles = readProfiles(context, region)
  const named = profiles.state === 'read' ? profiles.value.map(({target}) => target) : []
  const models = OWN_READS.flatMap((id) => ownModels(context, region, id))
  const found = {profiles, byType: groupByType([...named, ...models])}
  kept.set(region, found)
  return found
}

function groupByType(all: readonly CallTarget[]): ReadonlyMap<string, readonly CallTarget[]> {
  const types = [...new Set(all.map(typeOf))]
  return new Map(types.map((type) => [type, all.filter((target) => typeOf(target) === type)]))
}

function readProfiles({snapshot}: AuditContext, region: string): Reading<readonly NamedProfile[]> {
  const profiles = read(snapshot, 'bedrock:inference-profiles', region)
  if (profiles.state === 'unread') return profiles
  const named = profiles.value.flatMap(({arn}): readonly NamedProfile[] => {
    const target = findCallTarget(snapshot, region, arn)
    return target === undefined || target.kind === 'model' || target.kind === 'own-model' ? [] : [{arn, target}]
  })
  return {state: 'read', value: named}
}

const OWN_READS = [
  'bedrock:provisioned-throughputs',
  'bedrock:custom-model-deployments',
  'bedrock:imported-models',
] as const

function ownModels({snapshot}: AuditContext, region: string, id: (typeof OWN_READS)[number]): readonly CallTarget[] {
  const reading = read(snapshot, id, region)
  const items: readonly {readonly arn: string}[] = reading.state === 'read' ? reading.value : []
  return items.flatMap(({arn}) => findCallTarget(snapshot, region, arn) ?? [])
}

function typeOf(target: CallTarget): string {
  switch (target.kind) {
    case 'model':
      return 'foundation-model'
    case 'geographic-profile':
    case 'global-profile':
      return 'inference-profile'
    case 'application-profile':
      return 'application-inference-profile'
    case 'own-model':
      return target.type
  }
}
