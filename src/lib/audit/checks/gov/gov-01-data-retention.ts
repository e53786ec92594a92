import {type Reading, read, regionsOf} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {AccountUse} from '../../facts/account-use.js'
import type {Evidence, Fix} from '../../finding.schema.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

type Project = ReadItem<'bedrock-mantle:projects'>
type Unread = Extract<Reading<unknown>, {state: 'unread'}>
type AccountRead = 'bedrock:data-retention' | 'bedrock-mantle:data-retention'

const ACCOUNT: AccountRead = 'bedrock:data-retention'
const MANTLE: AccountRead = 'bedrock-mantle:data-retention'
const PROJECTS = 'bedrock-mantle:projects'
/** A mode that leaves the decision to the next one: project, account, the default of the model. */
const INHERIT = 'inherit'

export const dataRetentionCheck: Check = {
  id: 'GOV-01',
  family: 'GOV',
  severity: 'high',
  title: 'Data retention is in the approved mode',
  why: 'The mode decides whether AWS keeps prompts and answers, and who may review them. It is set per Region and has no console page, so that a difference stays unseen.',
  resource: 'data-retention',
  failsWhen:
    'the effective mode of the account in a Region, or of a Mantle project (its own, else that of the account), differs from the approved one',
  unknownWhen: 'the call is denied, or not offered in the Region',
  needs: 'dataRetention',
  reads: [ACCOUNT, MANTLE, PROJECTS],
  references: [
    {
      title: 'Data retention, Amazon Bedrock User Guide',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
    },
  ],
  *judge(context) {
    const approved = context.project.dataRetention
    if (approved === undefined) {
      const message = 'bedrockctl.yaml does not say which mode is approved: dataRetention.'
      yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
      return
    }
    yield* judgeAccounts(context, approved)
    for (const region of regionsOf(context.snapshot, PROJECTS)) yield* judgeProjects(context, region, approved)
  },
}

function* judgeAccounts(context: AuditContext, approved: string): Iterable<Judged> {
  for (const id of [ACCOUNT, MANTLE] as const) {
    for (const region of regionsOf(context.snapshot, id)) yield* judgeAccount(context, {id, region, approved})
  }
}

interface AccountMatter {
  readonly id: AccountRead
  readonly region: string
  readonly approved: string
}

function judgeAccount({snapshot, use}: AuditContext, {id, region, approved}: AccountMatter): readonly Judged[] {
  const place = regionPlace(region, id === ACCOUNT ? 'bedrock' : 'bedrock-mantle')
  const reading = read(snapshot, id, region)
  if (reading.state === 'unread') {
    const isExpected = id === ACCOUNT || isMantleUsed(use, region)
    const isNothing = reading.status === 'not-enabled' || (isOutOfReach(reading) && !isExpected)
    return isNothing ? [] : [unknown(place, [missingOf(reading)])]
  }
  const {mode} = reading.value
  return [
    judgeResource(place, {
      defects: effective(mode) === approved ? [] : [`${said(mode)}, and ${approved} is approved`],
      fine: `${said(mode)}, as approved`,
      evidence: [configEvidence(`mode ${mode}`, id, region), declared(approved)],
      fix: id === ACCOUNT ? accountFix(region, approved) : mantleFix(region, approved),
    }),
  ]
}

function isMantleUsed(use: AccountUse, region: string): boolean {
  return use.in(region).services.has('bedrock-mantle')
}

/** Mantle does not exist there, or no denial but this program keeps it from being read: no news where nobody uses it. */
function isOutOfReach(reading: Unread): boolean {
  return isNowhere(reading) || reading.code === 'NOT_SUPPORTED'
}

function* judgeProjects({snapshot, use}: AuditContext, region: string, approved: string): Iterable<Judged> {
  const projects = read(snapshot, PROJECTS, region)
  if (projects.state === 'unread') {
    if (!isOutOfReach(projects) || (isMantleUsed(use, region) && !isNowhere(projects)))
      yield unknown(regionPlace(region, PROJECTS), [missingOf(projects)])
    return
  }
  const account = read(snapshot, MANTLE, region)
  for (const project of projects.value) yield judgeProject(project, {region, approved, account})
}

interface ProjectMatter {
  readonly region: string
  readonly approved: string
  readonly account: Reading<{readonly mode: string}>
}

function judgeProject({id, name, retentionMode}: Project, {region, approved, account}: ProjectMatter): Judged {
  const place = {region, resource: {type: 'mantle-project', id, ...(name !== null && {name})}}
  const own = retentionMode === null || retentionMode === INHERIT ? undefined : retentionMode
  if (own === undefined && account.state === 'unread') return unknown(place, [missingOf(account)])
  const inherited = account.state === 'read' ? account.value.mode : INHERIT
  const mode = own ?? inherited
  const from = own === undefined ? 'inherited from the account' : 'set on the project'
  return judgeResource(place, {
    defects: effective(mode) === approved ? [] : [`${said(mode)}, ${from}, and ${approved} is approved`],
    fine: `${said(mode)}, ${from}, as approved`,
    evidence: [
      configEvidence(`project ${retentionMode ?? INHERIT}`, PROJECTS, region),
      ...(own === undefined ? [configEvidence(`account ${inherited}`, MANTLE, region)] : []),
      declared(approved),
    ],
    fix: {
      summary: `Give the project the approved mode with UpdateProject of the Mantle endpoint${own === undefined ? ', or the account, from which it inherits' : ''}.`,
      cli: [],
    },
  })
}

/** Where no scope has an opinion the policy of the model applies, which is what the mode `default` says. */
function effective(mode: string): string {
  return mode === INHERIT ? 'default' : mode
}

function said(mode: string): string {
  return mode === INHERIT ? 'No mode is set (inherit), so that the policy of each model applies' : `The mode is ${mode}`
}

function declared(approved: string): Evidence {
  return {kind: 'declared', text: `dataRetention: ${approved}`}
}

function accountFix(region: string, approved: string): Fix {
  return {
    summary: 'Set the approved mode for the account in this Region.',
    cli: [`aws bedrock put-account-data-retention --region ${region} --mode ${approved}`],
  }
}

function mantleFix(region: string, approved: string): Fix {
  return {
    summary: 'Set the approved mode for the account on the Mantle endpoint of this Region.',
    cli: [
      `curl -X PUT https://bedrock-mantle.${region}.api.aws/v1/data_retention -H "Authorization: Bearer $BEDROCK_API_KEY" -H 'Content-Type: application/json' -d '{"mode":"${approved}"}'`,
    ],
  }
}
