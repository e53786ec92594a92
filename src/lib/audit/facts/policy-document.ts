import {read, readPart, regionsOf} from '../../account/read.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {PolicyKind} from '../../iam/policy-document.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf, type Place, regionPlace} from '../judge-resource.js'

const ENDPOINTS = 'ec2:vpc-endpoints'

/** A policy document of the account, wherever it stands; the same text in many inline policies is one. */
export interface PolicyDocumentPlace {
  readonly text: string
  readonly kind: PolicyKind
  readonly place: Place
  /** How people call it. */
  readonly label: string
  /** Holders of the same text beside the one of the place. */
  readonly others: number
  /** AWS CLI command that puts another document in its place. */
  readonly replace: string
}

export interface PolicyDocuments {
  readonly documents: readonly PolicyDocumentPlace[]
  /** What was not read, each in its place. */
  readonly gaps: readonly {readonly place: Place; readonly missing: Missing}[]
}

interface Found {
  readonly documents: PolicyDocumentPlace[]
  readonly gaps: {place: Place; missing: Missing}[]
}

/** Own identity policies, control policies of services and endpoint policies whose text passes the filter. */
export function policyDocuments(context: AuditContext, isWanted: (text: string) => boolean): PolicyDocuments {
  const found: Found = {documents: [], gaps: []}
  addIdentity(context, isWanted, found)
  addControl(context, isWanted, found)
  addEndpoints(context, isWanted, found)
  return found
}

type Details = ReadValues['iam:authorization-details']

function addIdentity({snapshot}: AuditContext, isWanted: (text: string) => boolean, found: Found): void {
  const id = 'iam:authorization-details'
  const details = read(snapshot, id)
  if (details.state === 'unread') {
    found.gaps.push({place: regionPlace('global', id), missing: missingOf(details)})
    return
  }
  for (const {arn, name, document} of details.value.policies) {
    if (parseArn(arn)?.account === 'aws' || document === null || !isWanted(document)) continue
    found.documents.push({
      text: document,
      kind: 'identity',
      place: {region: 'global', resource: {type: 'policy', id: arn, name}},
      label: `policy ${name}`,
      others: 0,
      replace: `aws iam create-policy-version --policy-arn ${arn} --policy-document file://policy.json --set-as-default`,
    })
  }
  const byText = new Map<string, PolicyDocumentPlace>()
  for (const type of ['role', 'user', 'group'] as const) addInline(details.value, type, isWanted, byText)
  found.documents.push(...byText.values())
}

function addInline(
  details: Details,
  type: 'role' | 'user' | 'group',
  isWanted: (text: string) => boolean,
  byText: Map<string, PolicyDocumentPlace>,
): void {
  for (const {arn, name: holder, inlinePolicies} of details[`${type}s`]) {
    for (const {name, document} of inlinePolicies) {
      const known = byText.get(document)
      if (known !== undefined) byText.set(document, {...known, others: known.others + 1})
      else if (isWanted(document)) {
        byText.set(document, {
          text: document,
          kind: 'identity',
          place: {region: 'global', resource: {type, id: arn, name: holder}, aspect: `inline policy ${name}`},
          label: `inline policy ${name} of ${type} ${holder}`,
          others: 0,
          replace: `aws iam put-${type}-policy --${type}-name ${holder} --policy-name ${name} --policy-document file://policy.json`,
        })
      }
    }
  }
}

function addControl({snapshot}: AuditContext, isWanted: (text: string) => boolean, found: Found): void {
  const organization = read(snapshot, 'organizations:organization')
  if (organization.state === 'read' && organization.value === null) return
  const policies = read(snapshot, 'organizations:policies')
  if (policies.state === 'unread') {
    if (!isNowhere(policies)) {
      found.gaps.push({place: regionPlace('global', 'organizations:policies'), missing: missingOf(policies)})
    }
    return
  }
  for (const {arn, id, name, type, awsManaged, content} of policies.value) {
    if (type !== 'SERVICE_CONTROL_POLICY' || awsManaged) continue
    const place = {region: 'global', resource: {type: 'service-control-policy', id: arn || id, name}}
    const text = readPart(content)
    if (text.state === 'unread') found.gaps.push({place, missing: missingOf(text)})
    else if (isWanted(text.value)) {
      const replace = `aws organizations update-policy --policy-id ${id} --content file://policy.json`
      found.documents.push({text: text.value, kind: 'scp', place, label: `SCP ${name}`, others: 0, replace})
    }
  }
}

function addEndpoints({snapshot}: AuditContext, isWanted: (text: string) => boolean, found: Found): void {
  for (const region of regionsOf(snapshot, ENDPOINTS)) {
    const endpoints = read(snapshot, ENDPOINTS, region)
    if (endpoints.state === 'unread') {
      if (!isNowhere(endpoints)) found.gaps.push({place: regionPlace(region, ENDPOINTS), missing: missingOf(endpoints)})
      continue
    }
    for (const {id, service, policy} of endpoints.value) {
      if (policy === null || !isWanted(policy)) continue
      found.documents.push({
        text: policy,
        kind: 'endpoint',
        place: {region, resource: {type: 'vpc-endpoint', id, name: service}},
        label: `policy of endpoint ${id}`,
        others: 0,
        replace: `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${id} --policy-document file://policy.json`,
      })
    }
  }
}
