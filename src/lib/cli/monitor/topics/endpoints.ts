import type {AccountSnapshot, ReadId} from '../../../account/snapshot.schema.js'
import type {Check} from '../../../audit/check.js'
import type {BedrockEndpoint} from '../../../audit/facts/bedrock-endpoint.js'
import type {Finding} from '../../../audit/finding.schema.js'
import {commandAgain} from '../../../core/command-again.js'
import {BedrockctlError} from '../../../core/errors.js'
import type {EndpointRow, EndpointTrouble} from '../../../monitor/board/endpoints/endpoints.schema.js'
import type {TopicReader} from '../../../monitor/board/ports.js'
import {SILENT} from '../../progress.js'
import type {MonitorDoor} from '../door.js'

const EVERY_MS = 5 * 60_000
/** The network, and nothing that is dear to read: who calls what is known from bedrockctl.yaml alone. */
const READS: readonly ReadId[] = [
  'ec2:vpcs',
  'ec2:vpc-endpoints',
  'ec2:vpc-endpoint-services',
  'ec2:subnets',
  'ec2:security-groups',
  'ec2:network-interfaces',
  'ec2:prefix-lists',
  'route53:vpc-hosted-zones',
]
/** What an endpoint is judged by, and the one about a VPC without. */
const CHECKS = ['EP-01', 'EP-02', 'EP-03', 'EP-06', 'EP-07', 'EP-09']
const ABOUT_VPC = 'EP-01'
const ABOUT_POLICY = 'EP-03'

/** PrivateLink endpoints of Bedrock, judged by the checks of `audit endpoints` that need the network alone. */
export function endpointReader(door: MonitorDoor): TopicReader<'endpoints'> {
  return {
    topic: 'endpoints',
    scope: 'region',
    everyMs: EVERY_MS,
    async look({place, signal}) {
      const region = place ?? door.home
      const {connection, settings} = door
      const [{takeSnapshot}, {EP_CHECKS}, {allBedrockEndpoints}] = await Promise.all([
        import('../../take-snapshot.js'),
        import('../../../audit/checks/ep/ep-checks.js'),
        import('../../../audit/facts/bedrock-endpoint.js'),
      ])
      const checks = EP_CHECKS.filter(({id}) => CHECKS.includes(id))
      const {snapshot} = await takeSnapshot(
        {reads: READS, settings: {...settings, regions: [region]}, toolVersion: ''},
        connection,
        {signal, progress: SILENT},
      )
      await assertRead(snapshot, region)
      const findings = await judge(snapshot, checks, door)
      const endpoints = allBedrockEndpoints(snapshot).map((endpoint) => endpointRow(endpoint, snapshot, findings))
      const more = commandAgain(`audit endpoints --region ${region}`, settings)
      const rows = [...endpoints, ...lacking(findings, region)].map((row): EndpointRow => ({...row, more}))
      return {rows, metrics: 0}
    },
  }
}

/** Without the list of endpoints nothing can be told of them. */
async function assertRead(snapshot: AccountSnapshot, region: string): Promise<void> {
  const {read} = await import('../../../account/read.js')
  const found = read(snapshot, 'ec2:vpc-endpoints', region)
  if (found.state === 'read') return
  const {action, code, reason, status} = found
  throw new BedrockctlError(code, reason, {fault: status === 'denied' ? 'access' : 'service', action})
}

async function judge(
  snapshot: AccountSnapshot,
  checks: readonly Check[],
  {connection, settings}: MonitorDoor,
): Promise<readonly Finding[]> {
  const [{createAuditContext}, {runAudit}, {readIamFacts}, {findProject}] = await Promise.all([
    import('../../../audit/audit-context.js'),
    import('../../../audit/run-audit.js'),
    import('../../../iam/read-iam-facts.js'),
    import('../../open-audit.js'),
  ])
  const {file, project} = await findProject(undefined, settings)
  const context = createAuditContext({snapshot, catalog: connection.catalog, project, iam: readIamFacts()})
  return runAudit(context, {
    ...{checks, toolVersion: '', snapshotFile: null, projectFile: file},
    ...{failOn: undefined, failOnUnknown: false, today: snapshot.takenAt.slice(0, 10)},
  }).findings
}

function endpointRow(
  {detail, region, serviceRegion, state, suffix}: BedrockEndpoint,
  snapshot: AccountSnapshot,
  findings: readonly Finding[],
): Omit<EndpointRow, 'more'> {
  const own = findings.filter(({resource}) => resource.id === detail.id)
  const troubles = own.flatMap(troubleOf)
  const policy = own.find(({check}) => check === ABOUT_POLICY)?.verdict
  return {
    id: detail.id,
    name: detail.tags.find(({key}) => key === 'Name')?.value ?? null,
    region,
    service: serviceRegion === region ? suffix : `${suffix} of ${serviceRegion}`,
    vpc: detail.vpcId,
    state: detail.state,
    tone: toneOf(state, troubles),
    zones: zonesOf(detail.subnetIds, snapshot, region),
    privateDns: detail.privateDns,
    policy: policy === 'FAIL' ? 'full access' : policy === 'PASS' ? 'restricted' : 'unknown',
    troubles,
    facts: [
      ['Subnets', detail.subnetIds.join(' ')],
      ['Groups', detail.securityGroupIds.join(' ')],
      ['Names', detail.dnsNames.map(({name}) => name).join(' ')],
      ['Created', detail.createdAt ?? ''],
      ['Failure', detail.failure ?? ''],
    ].filter((fact): fact is [string, string] => fact[1] !== ''),
  }
}

function troubleOf({check, fix, message, severity, verdict}: Finding): EndpointTrouble[] {
  if (verdict !== 'FAIL' && verdict !== 'UNKNOWN') return []
  return [{check, severity, verdict, text: message, remedy: fix?.summary ?? null, commands: [...(fix?.cli ?? [])]}]
}

function toneOf(state: string, troubles: readonly EndpointTrouble[]): EndpointRow['tone'] {
  const failed = troubles.filter(({verdict}) => verdict === 'FAIL')
  if (failed.some(({severity}) => severity === 'critical' || severity === 'high')) return 'bad'
  if (state !== 'available' && state !== 'pending') return 'bad'
  return troubles.length > 0 || state === 'pending' ? 'warn' : 'good'
}

function zonesOf(subnetIds: readonly string[], snapshot: AccountSnapshot, region: string): string[] {
  const entry = snapshot.reads['ec2:subnets']?.find((one) => one.region === region)
  const subnets = entry?.status === 'read' ? entry.value : []
  return [...new Set(subnets.flatMap(({id, zone}) => (subnetIds.includes(id) ? [zone] : [])))].sort()
}

/** VPCs that run a declared workload and have no endpoint for what it calls. */
function lacking(findings: readonly Finding[], region: string): readonly Omit<EndpointRow, 'more'>[] {
  return findings.flatMap((finding): Omit<EndpointRow, 'more'>[] => {
    const {aspect = '', check, resource, verdict} = finding
    if (check !== ABOUT_VPC || verdict !== 'FAIL' || resource.type !== 'vpc') return []
    return [
      {
        ...{id: `${resource.id} ${aspect}`, name: resource.name ?? null, region, service: aspect, vpc: resource.id},
        ...{state: 'absent', tone: 'bad', zones: [], privateDns: null, policy: null},
        ...{troubles: troubleOf(finding), facts: []},
      },
    ]
  })
}
