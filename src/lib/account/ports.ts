/** Who is calling. */
export interface CallerIdentity {
  readonly account: string
  readonly arn: string
  readonly userId: string
}

export interface IdentitySource {
  /** sts:GetCallerIdentity, which no policy can deny. */
  whoAmI(signal?: AbortSignal): Promise<CallerIdentity>
}

/** `enabled-by-default` needs no opt-in; `enabling` and `disabling` take minutes. */
export type RegionOptIn = 'enabled-by-default' | 'enabled' | 'enabling' | 'disabling' | 'disabled'

export interface RegionOptInSource {
  /** Every Region of the partition by account:ListRegions, or by ec2:DescribeRegions where that is denied. */
  listRegionOptIns(signal?: AbortSignal): Promise<ReadonlyMap<string, RegionOptIn>>
}
