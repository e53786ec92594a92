import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest'
import {CallRecorder} from '../../../src/lib/aws/call-log.js'
import {type AwsSession, type AwsSessionOptions, openAwsSession} from '../../../src/lib/aws/session.js'
import {createRequestHandler, createWire} from '../../../src/lib/aws/wire.js'
import {type Reply, type SeenRequest, startScriptedServer} from '../../support/scripted-server.js'

const KEYS = {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'}
const EMPTY = {modelSummaries: [], inferenceProfileSummaries: []}

// The environment of whoever runs the tests must not decide them.
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  configFile('')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function configFile(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-aws-'))
  writeFileSync(join(folder, 'config'), text)
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
}

function open(options: AwsSessionOptions): AwsSession {
  const session = openAwsSession(options)
  onTestFinished(() => session.close())
  return session
}

async function against(reply: (request: SeenRequest) => Reply | Promise<Reply>, options: AwsSessionOptions = {}) {
  const server = await startScriptedServer(reply)
  return {server, session: open({endpointUrl: server.url, credentials: KEYS, ...options})}
}

test('no answer is copied for a log that nobody keeps', () => {
  const client = createWire(
    {requestHandler: createRequestHandler({}), credentials: KEYS},
    new CallRecorder(),
    undefined,
  ).client('cloudwatch', 'us-east-1', (config) => new CloudWatchClient(config))

  expect(client.middlewareStack.identify().join(' ')).not.toContain('logger')
  expect(new CloudWatchClient({}).middlewareStack.identify().join(' ')).toContain('loggerMiddleware')
})

test('a session with endpoint and credentials of its own takes nothing from the environment', async () => {
  vi.stubEnv('AWS_PROFILE', 'no-such-profile')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x')
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'token')
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9')
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK', 'http://127.0.0.1:9')
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true')
  const {server, session} = await against(() => ({body: EMPTY}))

  await (await session.offers()).readOffer('eu-west-1')

  expect(
    server.seen.map(({headers}) => /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(headers.authorization ?? '')?.slice(1)),
  ).toEqual([
    ['AKIATEST', 'eu-west-1'],
    ['AKIATEST', 'eu-west-1'],
  ])
  expect(await session.defaultRegion()).toBeUndefined()
})

test('a bearer token in the environment is used for bedrock, as by every SDK', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'token')
  const server = await startScriptedServer(() => ({body: EMPTY}))

  await (await open({endpointUrl: server.url}).offers()).readOffer('eu-west-1')

  expect(server.seen[0]?.headers.authorization).toBe('Bearer token')
})

test('the calls of a Region run side by side but never more than eight', async () => {
  let open = 0
  let most = 0
  const {session} = await against(async () => {
    open += 1
    most = Math.max(most, open)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return {body: {agreementAvailability: {status: 'AVAILABLE'}}}
  })
  const access = await session.access()

  await Promise.all(Array.from({length: 40}, (_, index) => access.readAccess('eu-west-1', `a.model-${index}`)))

  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(8)
})

test('every Region is asked at the same time', async () => {
  const regions = Array.from({length: 33}, (_, index) => `xx-west-${index}`)
  let arrived = 0
  let release = () => undefined as unknown
  const everybody = new Promise((resolve) => {
    release = () => resolve(undefined)
  })
  const {session} = await against(async () => {
    arrived += 1
    if (arrived === 66) release()
    await everybody
    return {body: EMPTY}
  })
  const offers = await session.offers()

  await Promise.all(regions.map((region) => offers.readOffer(region)))

  expect(arrived).toBe(66)
})

test('a throttled call is tried as often as AWS_MAX_ATTEMPTS says, and each attempt is counted', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '2')
  const {session} = await against(() => ({
    status: 429,
    headers: {'x-amzn-errortype': 'ThrottlingException'},
    body: {message: 'slow'},
  }))
  const access = await session.access()

  await expect(access.readDataRetention('eu-west-1')).rejects.toMatchObject({code: 'THROTTLED', exitCode: 5})

  expect(session.calls.total).toBe(2)
  expect(session.calls.recent[0]).toMatchObject({
    service: 'bedrock',
    operation: 'GetAccountDataRetention',
    region: 'eu-west-1',
    status: 429,
  })
})

test('a listing is read to its last page', async () => {
  const arn = 'arn:aws:bedrock:eu-west-1::foundation-model/a.b'
  const {session} = await against(({path}) => {
    const page = Number(new URL(path, 'http://x').searchParams.get('nextToken') ?? '0')
    const inferenceProfileSummaries = [{inferenceProfileId: `p${page}`, models: [{modelArn: arn}]}]
    return {
      body: path.includes('inference-profiles')
        ? {inferenceProfileSummaries, ...(page < 2 ? {nextToken: `${page + 1}`} : {})}
        : EMPTY,
    }
  })

  const offer = await (await session.offers()).readOffer('eu-west-1')

  expect(offer.profiles.map(({id}) => id)).toEqual(['p0', 'p1', 'p2'])
})

test('an abort ends a call that hangs, and those that wait for it', async () => {
  const stop = new AbortController()
  const {session} = await against(() => new Promise<Reply>(() => undefined))
  const access = await session.access()

  const calls = Array.from({length: 12}, () => access.readDataRetention('eu-west-1', stop.signal))
  stop.abort()

  for (const settled of await Promise.allSettled(calls)) {
    expect(settled).toMatchObject({status: 'rejected', reason: {code: 'INTERRUPTED', exitCode: 130}})
  }
})

test('closing the session ends what is under way', async () => {
  const {server, session} = await against(() => new Promise<Reply>(() => undefined))
  const call = (await session.access()).readDataRetention('eu-west-1')
  await vi.waitFor(() => expect(server.seen).toHaveLength(1))

  session.close()

  await expect(call).rejects.toMatchObject({code: 'INTERRUPTED'})
})

test('a sandbox is known by its header, whichever way it was reached', async () => {
  const {session} = await against(() => ({headers: {'x-bedrockctl-sandbox': 'demo'}, body: EMPTY}))

  expect(session.simulated).toBe(false)
  await (await session.offers()).readOffer('eu-west-1')
  expect(session.simulated).toBe(true)
})

test('a web page instead of an answer is named as such', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  const {session, server} = await against(() => ({
    headers: {'content-type': 'text/html'},
    body: '<html>Sign in</html>',
  }))

  const reading = (await session.access()).readDataRetention('eu-west-1')

  await expect(reading).rejects.toMatchObject({code: 'UNREADABLE_ANSWER'})
  expect(server.seen).toHaveLength(1)
})

test('a port on which nothing listens is unreachable, with its address', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  const session = open({endpointUrl: 'http://127.0.0.1:9', credentials: KEYS})

  const reading = (await session.access()).readDataRetention('eu-west-1')

  await expect(reading).rejects.toMatchObject({code: 'UNREACHABLE', exitCode: 5})
  await expect(reading).rejects.toThrow('127.0.0.1:9 refuses the connection')
})

test('an endpoint that is no URL is refused before anything is called', () => {
  expect(() => openAwsSession({endpointUrl: 'localhost:4570'})).toThrow('is no endpoint')
})

test('an unknown profile is a usage error with the nearest names', async () => {
  configFile('[profile production]\nregion = eu-west-1\n[profile staging]\nregion = eu-west-1\n')
  const identity = await open({profile: 'prodution', region: 'eu-west-1'}).identity()

  await expect(identity.whoAmI()).rejects.toMatchObject({
    code: 'PROFILE_NOT_FOUND',
    exitCode: 2,
    hint: 'Did you mean production?',
  })
})

test('without credentials the next command is named, and how to go on without', async () => {
  const identity = await open({region: 'eu-west-1'}).identity()

  await expect(identity.whoAmI()).rejects.toMatchObject({
    code: 'CREDENTIALS_MISSING',
    exitCode: 4,
    hint: expect.stringContaining('--offline'),
    actions: ['aws configure sso'],
  })
})

test('an SSO profile nobody is signed in to names its login command', async () => {
  vi.stubEnv('HOME', mkdtempSync(join(tmpdir(), 'bedrockctl-home-')))
  configFile(
    '[profile work]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\nregion = eu-west-1\n' +
      '[sso-session s]\nsso_start_url = https://example.invalid/start\nsso_region = eu-west-1\n',
  )
  const identity = await open({profile: 'work'}).identity()

  await expect(identity.whoAmI()).rejects.toMatchObject({exitCode: 4, actions: ['aws sso login --profile work']})
})

test('the Region comes from AWS_REGION, then AWS_DEFAULT_REGION, then the profile', async () => {
  configFile('[default]\nregion = eu-west-1\n[profile other]\nregion = eu-west-2\n')
  const region = (profile?: string) => open({profile}).defaultRegion()

  expect(await region()).toBe('eu-west-1')
  expect(await region('other')).toBe('eu-west-2')
  vi.stubEnv('AWS_DEFAULT_REGION', 'ap-south-1')
  expect(await region('other')).toBe('ap-south-1')
  vi.stubEnv('AWS_REGION', 'us-west-2')
  expect(await region('other')).toBe('us-west-2')
})

test('no Region configured is undefined, not a guess', async () => {
  expect(await open({}).defaultRegion()).toBeUndefined()
})
