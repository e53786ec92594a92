import {collectSnapshot} from '../../src/lib/account/collect-snapshot.js'
import type {AccountSnapshot, ReadId} from '../../src/lib/account/snapshot.schema.js'
import {openAwsSession} from '../../src/lib/aws/session.js'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'

interface Options {
  readonly signal?: AbortSignal
  readonly resume?: {readonly snapshot: AccountSnapshot; readonly maxAgeMs: number}
  readonly now?: () => Date
  readonly models?: readonly string[]
}

/** An account snapshot of a sandbox's account, over the wire. */
export async function takeSnapshot(
  sandbox: Sandbox,
  reads: readonly ReadId[],
  regions: readonly string[] = ['us-east-1'],
  {signal = new AbortController().signal, resume, models, now = () => new Date()}: Options = {},
): Promise<AccountSnapshot> {
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  const session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  try {
    const [identity, regionOptIns, readers] = await Promise.all([
      session.identity(),
      session.regionOptIns(),
      session.accountReaders(),
    ])
    return await collectSnapshot(
      {reads, regions, named: regions, homeRegion: 'us-east-1', toolVersion: '0.0.0', resume, models},
      {identity, regionOptIns, readers, isOffered: () => undefined, simulated: () => session.simulated, now},
      signal,
    )
  } finally {
    session.close()
  }
}
