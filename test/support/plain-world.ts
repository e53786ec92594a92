import type {Credential, World} from '../../src/lib/sandbox/world.js'

export const ACCOUNT = '111122223333'
export const KEY = {accessKeyId: 'AKIAPLAINWORLD000001', secretAccessKey: 'plain-secret'} as const
export const BEARER = 'plain-bearer-token'

export interface PlainWorldOptions {
  /** Further keys by access key id. */
  readonly credentials?: Readonly<Record<string, Credential>>
  /** Regions that the account has not opted into. */
  readonly notEnabled?: readonly string[]
  /** Regions that AWS does not have. */
  readonly unknown?: readonly string[]
  /** IAM actions that are denied. */
  readonly denied?: readonly string[]
}

/** A world with one account and no state, for tests of the protocol layer. */
export function plainWorld(options: PlainWorldOptions = {}): World {
  const {credentials = {}, notEnabled = [], unknown = [], denied = []} = options
  const keys = new Map<string, Credential>([
    [KEY.accessKeyId, {account: ACCOUNT, secretAccessKey: KEY.secretAccessKey}],
    ...Object.entries(credentials),
  ])
  const endpoints = ['bedrock', 'bedrock-runtime', 'bedrock-agent']
  const world: Partial<World> & {catalog: unknown} = {
    scenario: 'plain',
    description: 'one account',
    faults: [],
    accounts: new Map(),
    login: {region: 'us-east-1', ...KEY, bearerToken: BEARER},
    catalog: {region: (name: string) => (unknown.includes(name) ? undefined : {name, endpoints})} as World['catalog'],
    credentials: (accessKeyId) => keys.get(accessKeyId),
    bearer: (token) => (token === BEARER ? {account: ACCOUNT} : undefined),
    regionState: (_, region) =>
      unknown.includes(region) ? 'unknown' : notEnabled.includes(region) ? 'not-enabled' : 'enabled',
    authorise: ({action}) => (denied.includes(action) ? `not authorized to perform: ${action}` : undefined),
    principal: (account) => `arn:aws:iam::${account}:user/plain`,
    now: Date.now,
  }
  return world as World
}
