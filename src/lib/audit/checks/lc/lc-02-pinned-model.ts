import {parsePolicy} from '../../../iam/parse-policy.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {modelPin, type PinState, pinState} from '../../facts/pinned-model.js'
import {type PolicyDocumentPlace, policyDocuments} from '../../facts/policy-document.js'
import type {Fix} from '../../finding.schema.js'
import {configEvidence, judgeResource, unknown} from '../../judge-resource.js'

/** Cheap, and true for every document that could name a model. */
const NAMES_MODEL = /foundation-model|inference-profile/

export const pinnedModelCheck: Check = {
  id: 'LC-02',
  family: 'LC',
  severity: 'medium',
  title: 'Policies name only models that are alive',
  why: 'A permission for a model that is gone does nothing, and one that is misspelt never did: on the day the callers move, the new model is denied, or the old one was never held back.',
  resource: 'IAM, service control or endpoint policy',
  failsWhen:
    'a resource element that grants names the full id of a model or system profile that is legacy, gone or never existed; one that only denies fails for an id that never existed',
  unknownWhen: 'policies or lists of models were not read, or AWS would refuse the document',
  reads: [
    'iam:authorization-details',
    'organizations:organization',
    'organizations:policies',
    'ec2:vpc-endpoints',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
  ],
  references: [
    {title: 'Model lifecycle', url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html'},
    {
      title: 'Actions, resources, and condition keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html',
    },
  ],
  *judge(context) {
    const {documents, gaps} = policyDocuments(context, (text) => NAMES_MODEL.test(text))
    for (const {place, missing} of gaps) yield unknown(place, [missing])
    for (const document of documents) {
      const judged = judgeDocument(context, document)
      if (judged !== undefined) yield judged
    }
  },
}

interface Pinned {
  readonly source: string
  readonly state: PinState
  /** Whether the element lets calls through: Allow of it, or Deny of all but it. */
  readonly grants: boolean
}

/** Undefined for a document that names no model by its full id. */
function judgeDocument(context: AuditContext, document: PolicyDocumentPlace): Judged | undefined {
  // AWS has taken the document, and with it its size.
  const {document: parsed, problems} = parsePolicy(document.text, {
    kind: document.kind,
    sizeLimit: Number.POSITIVE_INFINITY,
  })
  if (parsed === undefined) {
    const first = problems.find(({severity}) => severity === 'error')
    const reason = `AWS would refuse ${document.label}: ${first?.message ?? 'it is no policy'}`
    return unknown(document.place, [{action: 'iam:GetPolicyVersion', code: 'REFUSED', reason}])
  }
  const pins = parsed.statements.flatMap(({effect, notResources, resources}) =>
    (resources ?? []).flatMap((source): readonly Pinned[] => {
      const pin = modelPin(source)
      return pin ? [{source, state: pinState(context, pin), grants: (effect === 'Allow') !== notResources}] : []
    }),
  )
  if (pins.length === 0) return undefined
  const dead = pins.filter(isDefect)
  const more = document.others > 0 ? ` (the same text stands in ${document.others} more inline policies)` : ''
  return judgeResource(document.place, {
    defects: [...new Set(dead.map(({state}) => `${document.label} names ${state.text}`))].map((text) => text + more),
    gaps: pins.flatMap(({state}) => (state.state === 'unknown' ? state.missing : [])),
    fine: `${document.label} names ${pins.length} models by id, none of them legacy or gone`,
    evidence: [...new Set(pins.map(({source}) => source))]
      .slice(0, 10)
      .map((source) => configEvidence(source, readOf(document))),
    fix: fixOf(document, new Set(dead.map(({source}) => source))),
  })
}

/** To deny what is legacy or gone does no harm; what never existed is denied in vain. */
function isDefect({state: {state}, grants}: Pinned): boolean {
  return state === 'never' || (grants && (state === 'legacy' || state === 'gone'))
}

function readOf({kind}: PolicyDocumentPlace) {
  if (kind === 'scp') return 'organizations:policies'
  return kind === 'endpoint' ? 'ec2:vpc-endpoints' : 'iam:authorization-details'
}

function fixOf({text, label, place, replace}: PolicyDocumentPlace, dead: ReadonlySet<string>): Fix {
  const {Statement} = JSON.parse(text) as {readonly Statement?: unknown}
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly Readonly<
    Record<string, unknown>
  >[]
  const changed = statements.filter((one) => resourcesOf(one).some((source) => dead.has(source)))
  const kept = changed.flatMap((one) => {
    const left = resourcesOf(one).filter((source) => !dead.has(source))
    const key = 'NotResource' in one ? 'NotResource' : 'Resource'
    return left.length > 0 ? [JSON.stringify({...one, [key]: left})] : []
  })
  return {
    summary: 'Name the successor of each model, or take the id out of the policy.',
    cli: [replace],
    policyDiff: {
      policy: place.resource.type === 'policy' ? place.resource.id : label,
      remove: changed.map((one) => JSON.stringify(one)),
      add: kept,
    },
  }
}

function resourcesOf({Resource, NotResource}: Readonly<Record<string, unknown>>): readonly string[] {
  const written = NotResource ?? Resource
  return (Array.isArray(written) ? written : [written]).filter((one): one is string => typeof one === 'string')
}
