import {type Reading, read} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {CallTarget, SystemTarget} from '../legs/target.js'

type Profile = ReadItem<'bedrock:inference-profiles'>
type OwnType = Extract<CallTarget, {kind: 'own-model'}>['type']

const OWN_TYPES: readonly OwnType[] = ['provisioned-model', 'imported-model', 'custom-model-deployment']

/**
 * What an id or ARN in a call from this Region stands for, by what the snapshot holds: nothing is read out of the form of
 * an id, save the type that an ARN states. Undefined when the snapshot does not tell.
 */
export function findCallTarget(snapshot: AccountSnapshot, region: string, id: string): CallTarget | undefined {
  const profiles = listOf(read(snapshot, 'bedrock:inference-profiles', region))
  const profile = profiles.find((one) => one.id === id || one.arn === id)
  if (profile?.type === 'APPLICATION') return applicationTarget(profile, profiles, region)
  if (profile !== undefined) return systemTarget(profile)
  const model = listOf(read(snapshot, 'bedrock:foundation-models', region)).find(
    (one) => one.id === id || one.arn === id,
  )
  if (model !== undefined) return {kind: 'model', modelId: model.id}
  return ownTarget(snapshot, region, id) ?? targetOfArn(id, region)
}

/** All models and profiles of AWS that can be called from the Region, models first. */
export function systemTargets(snapshot: AccountSnapshot, region: string): Reading<readonly SystemTarget[]> {
  const models = read(snapshot, 'bedrock:foundation-models', region)
  if (models.state === 'unread') return models
  const profiles = read(snapshot, 'bedrock:inference-profiles', region)
  if (profiles.state === 'unread') return profiles
  return {
    state: 'read',
    value: [
      ...models.value
        .filter(({inferenceTypes}) => inferenceTypes.includes('ON_DEMAND'))
        .map(({id}): SystemTarget => ({kind: 'model', modelId: id})),
      ...profiles.value.filter(({type}) => type !== 'APPLICATION').flatMap((profile) => systemTarget(profile) ?? []),
    ],
  }
}

/** The id a call names it by. */
export function targetId(target: CallTarget): string {
  switch (target.kind) {
    case 'model':
      return target.modelId
    case 'geographic-profile':
    case 'global-profile':
      return target.profileId
    case 'application-profile':
    case 'own-model':
      return target.id
  }
}

/** Undefined for a profile of no model, or of several. */
function systemTarget({id, modelArns}: Profile): SystemTarget | undefined {
  const behind = modelsBehind(modelArns)
  if (behind === undefined) return undefined
  const {modelId, regions} = behind
  // The ARN without a Region is how a Global profile names its model.
  if (regions.includes('')) return {kind: 'global-profile', profileId: id, modelId}
  return {kind: 'geographic-profile', profileId: id, modelId, destinations: regions}
}

function applicationTarget(profile: Profile, profiles: readonly Profile[], region: string): CallTarget {
  const tags = profile.tags?.status === 'read' ? profile.tags.value : undefined
  return {
    kind: 'application-profile',
    id: lastPart(profile.arn),
    copies: copiedFrom(profile, profiles, region),
    ...(tags !== undefined && {tags: tagRecord(tags)}),
  }
}

/** An application profile shows where it leads, which tells what it was made from. */
function copiedFrom(profile: Profile, profiles: readonly Profile[], region: string): SystemTarget | null {
  const behind = modelsBehind(profile.modelArns)
  if (behind === undefined) return null
  const {modelId, regions} = behind
  if (regions.length === 1 && regions[0] === region) return {kind: 'model', modelId}
  const source = profiles.find((one) => one.type !== 'APPLICATION' && sameTexts(one.modelArns, profile.modelArns))
  return systemTarget(source ?? profile) ?? null
}

function modelsBehind(arns: readonly string[]): {modelId: string; regions: readonly string[]} | undefined {
  const parsed = arns.map((text) => parseArn(text))
  const ids = new Set(parsed.map((arn) => arn?.resource.replace(/^foundation-model\//, '')))
  const [modelId] = ids
  if (ids.size !== 1 || modelId === undefined) return undefined
  return {modelId, regions: [...new Set(parsed.flatMap((arn) => (arn ? [arn.region] : [])))]}
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text) => other.includes(text))
}

function ownTarget(snapshot: AccountSnapshot, region: string, id: string): CallTarget | undefined {
  const matches = ({arn, name}: {readonly arn: string; readonly name: string}) => arn === id || name === id
  const provisioned = listOf(read(snapshot, 'bedrock:provisioned-throughputs', region)).find(matches)
  if (provisioned) return {kind: 'own-model', type: 'provisioned-model', id: lastPart(provisioned.arn)}
  const deployed = listOf(read(snapshot, 'bedrock:custom-model-deployments', region)).find(matches)
  if (deployed) return {kind: 'own-model', type: 'custom-model-deployment', id: lastPart(deployed.arn)}
  const imported = listOf(read(snapshot, 'bedrock:imported-models', region)).find(matches)
  if (imported === undefined) return undefined
  const tags = imported.tags.status === 'read' ? {tags: tagRecord(imported.tags.value)} : {}
  return {kind: 'own-model', type: 'imported-model', id: lastPart(imported.arn), ...tags}
}

/** An ARN states its type, also where the snapshot does not hold what it names. */
function targetOfArn(text: string, region: string): CallTarget | undefined {
  const arn = parseArn(text)
  if (arn?.service !== 'bedrock' || arn.region !== region) return undefined
  const [type = '', ...rest] = arn.resource.split('/')
  const id = rest.join('/')
  if (type === 'foundation-model') return {kind: 'model', modelId: id}
  if (type === 'application-inference-profile') return {kind: 'application-profile', id, copies: null}
  const own = OWN_TYPES.find((one) => one === type)
  return own && {kind: 'own-model', type: own, id}
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function tagRecord(tags: readonly {readonly key: string; readonly value: string}[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({key, value}) => [key, value]))
}

function listOf<Item>(reading: Reading<readonly Item[]>): readonly Item[] {
  return reading.state === 'read' ? reading.value : []
}
