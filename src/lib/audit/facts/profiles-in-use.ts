import {formatArn, parseArn} from '../../core/arn.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {findCallTarget, targetId} from '../../iam/account/call-targets.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing} from '../finding.schema.js'

/** An inference profile that somebody calls. */
export interface ProfileUse {
  readonly arn: string
  readonly region: string
  /** Behind it; undefined when the snapshot does not tell. */
  readonly modelId: string | undefined
  /** Who calls it, as far as workloads and events name somebody of the account. */
  readonly callers: readonly AccountPrincipal[]
  readonly evidence: readonly Evidence[]
}

export interface ProfilesInUse {
  readonly profiles: readonly ProfileUse[]
  /** What would have to be read to know of all of them. */
  readonly missing: readonly Missing[]
}

/** How ids of geographic and Global profiles begin, where the list of profiles was not read. */
const PROFILE_ID = /^(?:us|us-gov|eu|apac|jp|au|ca|global)\.(?<model>.+)$/

/** Inference profiles, also application profiles, that workloads declare or that metrics and events show, by ARN. */
export function profilesInUse(context: AuditContext): ProfilesInUse {
  const {snapshot, project, use} = context
  const regions = new Set([...snapshot.regions.map(({name}) => name), ...project.regions])
  const uses = [...regions].map((region) => use.in(region))
  return {
    profiles: uses.flatMap(({region, models, events}) =>
      models.flatMap(({id, evidence, workloads}): readonly ProfileUse[] => {
        const found = profileOf(id, region, context)
        if (found === undefined) return []
        const named = [
          ...workloads.flatMap(({principal}) => principal ?? []),
          ...events.filter(({modelId}) => modelId === id).flatMap(({principalArn}) => principalArn ?? []),
        ]
        const callers = new Set(named.flatMap((name) => context.policies.find(name) ?? []))
        return [{...found, region, callers: [...callers], evidence: evidence.slice(0, 1)}]
      }),
    ),
    missing: uses.flatMap(({missing}) => missing),
  }
}

function profileOf(
  id: string,
  region: string,
  {snapshot, policies}: AuditContext,
): Pick<ProfileUse, 'arn' | 'modelId'> | undefined {
  const {partition, account} = policies
  const arnOf = (resource: string) => formatArn({partition, service: 'bedrock', region, account, resource})
  const target = findCallTarget(snapshot, region, id)
  switch (target?.kind) {
    case 'geographic-profile':
    case 'global-profile':
      return {arn: arnOf(`inference-profile/${targetId(target)}`), modelId: target.modelId}
    case 'application-profile':
      return {arn: arnOf(`application-inference-profile/${target.id}`), modelId: target.copies?.modelId}
    case 'model':
    case 'own-model':
      return undefined
    case undefined:
      return unlisted(id, arnOf)
  }
}

function unlisted(id: string, arnOf: (resource: string) => string): Pick<ProfileUse, 'arn' | 'modelId'> | undefined {
  const resource = parseArn(id)?.resource
  const plain = resource === undefined ? id : resource.replace(/^inference-profile\//, '')
  if (resource !== undefined && plain === resource) return undefined
  const modelId = PROFILE_ID.exec(plain)?.groups?.['model']
  return modelId === undefined ? undefined : {arn: arnOf(`inference-profile/${plain}`), modelId}
}
