import {read} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {fail, ok, unknown} from './check.js'
import type {JobVpc} from './network.js'
import type {PreflightCheck} from './preflight.schema.js'

const ID = 'network-s3'

type Subnet = ReadItem<'ec2:subnets'>
type RouteTable = ReadItem<'ec2:route-tables'>
type Endpoint = ReadItem<'ec2:vpc-endpoints'>
type Way = 'there' | 'none' | 'unknown'

/** From every subnet of a job its data can be reached: by an endpoint for S3, or by NAT. */
export function judgeWayToS3({subnetIds}: JobVpc, region: string, snapshot: AccountSnapshot): PreflightCheck {
  const subnets = read(snapshot, 'ec2:subnets', region)
  const tables = read(snapshot, 'ec2:route-tables', region)
  const endpoints = read(snapshot, 'ec2:vpc-endpoints', region)
  for (const one of [subnets, tables, endpoints]) {
    if (one.state === 'unread') return unknown(ID, `How the subnets reach S3 could not be read: ${one.reason}`)
  }
  if (subnets.state === 'unread' || tables.state === 'unread' || endpoints.state === 'unread') return unknown(ID, '')
  const found = subnets.value.filter(({id}) => subnetIds.includes(id))
  const forS3 = endpoints.value.filter(({service, state}) => service.endsWith(`.${region}.s3`) && isThere(state))
  const ways = found.map((subnet) => {
    const table = tableOf(subnet, tables.value)
    return {subnet, table, way: wayOf(subnet, table, forS3)}
  })
  const cut = ways.filter(({way}) => way === 'none')
  if (cut.length > 0)
    return fail(ID, `${idsOf(cut)} reaches no S3: no endpoint for it, no NAT.`, endpointFor(cut, region))
  const open = ways.filter(({way}) => way === 'unknown')
  if (open.length > 0) return unknown(ID, `Whether ${idsOf(open)} reaches S3 depends on what its routes lead to.`)
  return ok(ID, 'The subnets reach S3.')
}

function isThere(state: string): boolean {
  return state.toLowerCase() === 'available'
}

/** A subnet without a table of its own has the main one of its VPC. */
function tableOf({id, vpcId}: Subnet, tables: readonly RouteTable[]): RouteTable | undefined {
  return (
    tables.find(({subnetIds}) => subnetIds.includes(id)) ?? tables.find((table) => table.main && table.vpcId === vpcId)
  )
}

/** Network interfaces of a job have no public address: an internet gateway is no way for them. */
function wayOf({vpcId}: Subnet, table: RouteTable | undefined, forS3: readonly Endpoint[]): Way {
  const near = forS3.filter((endpoint) => endpoint.vpcId === vpcId)
  if (near.some(({privateDns, type}) => type.toLowerCase() === 'interface' && privateDns)) return 'there'
  if (table === undefined) return 'unknown'
  if (near.some(({routeTableIds}) => routeTableIds.includes(table.id))) return 'there'
  const target = table.routes.find(
    ({destination, state}) => destination === '0.0.0.0/0' && state !== 'blackhole',
  )?.target
  if (target === undefined || target === null || target.startsWith('igw-')) return 'none'
  return target.startsWith('nat-') ? 'there' : 'unknown'
}

function idsOf(ways: readonly {readonly subnet: Subnet}[]): string {
  return ways.map(({subnet}) => subnet.id).join(', ')
}

function endpointFor(
  cut: readonly {readonly subnet: Subnet; readonly table: RouteTable | undefined}[],
  region: string,
) {
  const vpcId = cut[0]?.subnet.vpcId ?? ''
  const prefix = region.startsWith('cn-') ? 'cn.com.amazonaws' : 'com.amazonaws'
  const tables = [...new Set(cut.flatMap(({table}) => table?.id ?? []))].join(' ')
  return `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --service-name ${prefix}.${region}.s3 --route-table-ids ${tables} --region ${region}`
}
