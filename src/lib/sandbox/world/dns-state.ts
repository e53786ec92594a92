export interface DnsRecord {
  /** With the dot at the end. */
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'TXT'
  readonly values: readonly string[]
  /** The DNS name an alias record points to; it has no values then. */
  readonly alias: string | undefined
  readonly ttl: number
}

export interface HostedZone {
  /** Without `/hostedzone/`. */
  readonly id: string
  readonly domain: string
  readonly owner: string
  readonly comment: string | undefined
  /** VPCs that see it; none: the zone is public. */
  readonly vpcs: readonly {readonly id: string; readonly region: string}[]
  readonly records: readonly DnsRecord[]
}
