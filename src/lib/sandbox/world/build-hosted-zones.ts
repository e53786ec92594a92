import type {DnsRecord, HostedZone} from './dns-state.js'
import type {ScenarioAccount, ScenarioHostedZone} from './scenario.schema.js'
import {hexId} from './unique-id.js'

const TWO_DAYS_S = 172_800
const QUARTER_HOUR_S = 900

/** The hosted zones of an account, by domain, each with the NS and SOA records it always has left to the service. */
export function buildHostedZones({id: owner, hostedZones = []}: ScenarioAccount): readonly HostedZone[] {
  return hostedZones
    .map(({id, domain, comment, vpcs = [], records = []}) => ({
      id,
      domain,
      owner,
      comment,
      vpcs: vpcs.map((vpc) => ({id: vpc.id, region: vpc.region})),
      records: records.map((record) => toRecord(record, domain)),
    }))
    .sort((a, b) => (a.domain < b.domain ? -1 : 1))
}

function toRecord(record: NonNullable<ScenarioHostedZone['records']>[number], domain: string): DnsRecord {
  return {
    name: record.name === undefined ? domain : `${record.name}.${domain}`,
    type: record.type,
    values: record.values ?? [],
    alias: record.alias,
    ttl: record.ttl ?? 300,
  }
}

/** The records that Route 53 makes with every zone. */
export function ownRecords({id, domain}: HostedZone) {
  const servers = ['awsdns-00.co.uk.', 'awsdns-01.com.', 'awsdns-02.net.', 'awsdns-03.org.'].map(
    (host, index) => `ns-${Number.parseInt(hexId(`${id}/${index}`, 3), 16)}.${host}`,
  )
  const authority = `${servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`
  return [
    {name: domain, type: 'NS' as const, values: servers, alias: undefined, ttl: TWO_DAYS_S},
    {name: domain, type: 'SOA' as const, values: [authority], alias: undefined, ttl: QUARTER_HOUR_S},
  ]
}
