import {read, readPart} from '../../../account/read.js'
import type {ReadValues} from '../../../account/snapshot.schema.js'
import {parseArn} from '../../../core/arn.js'
import {isDocumentedKey} from '../../../iam/action-facts.js'
import type {IamFacts} from '../../../iam/iam-facts.schema.js'
import type {PolicyRemark} from '../../../iam/lint-policy.js'
import type {PolicyKind} from '../../../iam/policy-document.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import {DocumentReader} from '../../facts/document-reader.js'
import {refusalOf} from '../../facts/refused-policy.js'
import type {Fix} from '../../finding.schema.js'
import {configEvidence, judgeResource, type Place} from '../../judge-resource.js'

const DETAILS = 'iam:authorization-details'
const ORGANIZATION = 'organizations:policies'
const CARRIERS = 3

/** A document, and where it is kept. */
interface Document {
  readonly place: Place
  readonly text: string
  readonly kind: PolicyKind
  readonly action: string
  readonly update: string
}

export const policyWordsCheck: Check = {
  id: 'IAM-23',
  family: 'IAM',
  severity: 'low',
  title: 'Policies name actions and condition keys of Bedrock that exist and apply',
  why: 'AWS takes a misspelt action or a key that the action never carries: a permission is then not there, and a denial does not deny.',
  resource: 'policy statement',
  failsWhen:
    'it names an action or condition key of Bedrock, Mantle or AgentCore that does not exist, or a key that AWS does not document for the action',
  unknownWhen: 'AWS would refuse the document',
  reads: [DETAILS, ORGANIZATION],
  references: [
    {
      title: 'Actions, resources, and condition keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html',
    },
  ],
  *judge(context) {
    const read = new DocumentReader(context)
    yield* judgeAccountRead(context, DETAILS, (details) =>
      ownDocuments(details).flatMap((document) => judgeDocument(document, read, context)),
    )
    for (const document of controlPolicies(context)) yield* judgeDocument(document, read, context)
  },
}

/** Policies of AWS are AWS's affair. */
function ownDocuments({users, groups, roles, policies}: ReadValues[typeof DETAILS]): readonly Document[] {
  const managed = policies
    .filter(({arn}) => parseArn(arn)?.account !== 'aws')
    .flatMap(({arn, name, document}) => (document === null ? [] : [managedDocument(arn, name, document)]))
  const holders = [
    ...users.map((one) => ({...one, kind: 'user'})),
    ...groups.map((one) => ({...one, kind: 'group'})),
    ...roles.map((one) => ({...one, kind: 'role'})),
  ]
  const inline = holders.flatMap((holder) =>
    holder.inlinePolicies.map(({name, document}): Document => {
      const resource = {type: 'policy', id: `${holder.arn}/${name}`, name}
      const update = `aws iam put-${holder.kind}-policy --${holder.kind}-name ${holder.name} --policy-name ${name} --policy-document file://<FILE>`
      const action = 'iam:GetAccountAuthorizationDetails'
      return {place: {region: 'global', resource}, text: document, kind: 'identity', action, update}
    }),
  )
  return [...managed, ...inline].filter(namesBedrock)
}

function managedDocument(arn: string, name: string, text: string): Document {
  return {
    place: {region: 'global', resource: {type: 'policy', id: arn, name}},
    text,
    kind: 'identity',
    action: 'iam:GetAccountAuthorizationDetails',
    update: `aws iam create-policy-version --policy-arn ${arn} --policy-document file://<FILE> --set-as-default`,
  }
}

/** Those of the organisation that were read; who may not read them is told so by the checks that need them. */
function controlPolicies({snapshot}: AuditContext): readonly Document[] {
  const reading = read(snapshot, ORGANIZATION)
  const policies = reading.state === 'read' ? reading.value : []
  const own = policies.filter(({type, awsManaged}) => type === 'SERVICE_CONTROL_POLICY' && !awsManaged)
  return own
    .flatMap(({id, arn, name, content}): readonly Document[] => {
      const text = readPart(content)
      if (text.state === 'unread') return []
      const update = `aws organizations update-policy --policy-id ${id} --content file://<FILE>`
      const place = {region: 'global', resource: {type: 'scp', id: arn, name}}
      return [{place, text: text.value, kind: 'scp', action: 'organizations:DescribePolicy', update}]
    })
    .filter(namesBedrock)
}

function namesBedrock({text}: Document): boolean {
  // An escape in the JSON may hide a name.
  return /bedrock|\\u/i.test(text)
}

function judgeDocument(document: Document, reader: DocumentReader, context: AuditContext): readonly Judged[] {
  const {place, kind} = document
  const {parsed, remarks} = reader.open(document.text, document.kind)
  const {document: policy, problems} = parsed
  if (problems.some(({severity}) => severity === 'error')) {
    return [judgeResource(place, {defects: [], gaps: [refusalOf(parsed, document.action)], fine: ''})]
  }
  if (remarks.length === 0) {
    return [
      {
        ...place,
        verdict: 'PASS',
        message: 'Every action and condition key of Bedrock that it names exists and applies.',
      },
    ]
  }
  const read = kind === 'scp' ? ORGANIZATION : DETAILS
  return [...new Set(remarks.map(({statement}) => statement))].map((index) => {
    const statement = policy?.statements[index]
    const label = statement?.sid ?? `#${index + 1}`
    const own = remarks.filter((remark) => remark.statement === index)
    return judgeResource(
      {...place, aspect: `statement ${label}`},
      {
        defects: own.map((remark) => `statement ${label} names ${wordsOf(remark, context.iam)}`),
        fine: '',
        evidence: own.map(({subject, message}) => configEvidence(`$.Statement[${index}] ${subject}: ${message}`, read)),
        fix: fixOf(own, document),
      },
    )
  })
}

function wordsOf({code, subject, message, suggestions}: PolicyRemark, facts: IamFacts): string {
  const meant = suggestions.length > 0 ? ` (probably ${suggestions.join(' or ')})` : ''
  if (code !== 'KEY_NOT_OF_ACTION') return `${subject}, and ${message}${meant}`
  const carriers = carriersOf(subject, facts)
  return `${subject}, which ${message}${carriers === '' ? '' : ` (it is a key of ${carriers})`}`
}

/** The actions that do carry the key. */
function carriersOf(key: string, facts: IamFacts): string {
  const prefix = key.toLowerCase().split(':')[0]
  const actions = facts.services
    .filter((service) => service.prefix === prefix)
    .flatMap((service) => service.actions.map(({name}) => `${service.prefix}:${name}`))
    .filter((action) => isDocumentedKey(facts, action, key))
  const rest = actions.length - CARRIERS
  return rest > 0 ? `${actions.slice(0, CARRIERS).join(', ')} and ${rest} more` : actions.join(', ')
}

function fixOf(remarks: readonly PolicyRemark[], {place, update}: Document): Fix {
  const replaced = remarks.filter(({suggestions}) => suggestions.length > 0)
  const dropped = remarks.filter(({suggestions}) => suggestions.length === 0)
  const steps = [
    ...replaced.map(({subject, suggestions}) => `write ${suggestions[0]} in the place of ${subject}`),
    ...dropped.map(({subject}) => `take ${subject} out, or move it to a statement of the actions that carry it`),
  ].join('; ')
  return {
    summary: `${steps.charAt(0).toUpperCase()}${steps.slice(1)}.`,
    cli: [update],
    policyDiff: {
      policy: place.resource.id,
      remove: remarks.map(({subject}) => JSON.stringify(subject)),
      add: replaced.map(({suggestions}) => JSON.stringify(suggestions[0])),
    },
  }
}
