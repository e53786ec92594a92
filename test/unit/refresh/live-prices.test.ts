import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {type LivePricesPorts, livePrices} from '../../../src/lib/refresh/live-prices.js'
import {withFolder} from '../../support/process-stage.js'
import {ACCOUNT, smallCatalog} from '../../support/sandbox-world.js'

const HOUR_MS = 3_600_000
const failure = (code: string, fault: 'access' | 'service' | 'interrupted' = 'access') =>
  new BedrockctlError(code, `${code} it is`, {fault})

/** A Price List that counts its reads, at a clock that the test moves. */
function stage(folder: string, over: Partial<LivePricesPorts> = {}) {
  const state = {reads: 0, at: Date.parse('2026-11-21T12:00:00Z'), refuse: undefined as BedrockctlError | undefined}
  const answer = async <T>(value: T): Promise<T> => {
    if (state.refuse) throw state.refuse
    return value
  }
  const ports: LivePricesPorts = {
    catalog: smallCatalog(),
    identity: async () => ({
      whoAmI: () => answer({account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/test`, userId: 'A'}),
    }),
    prices: async () => ({
      listOffers: () => answer(['AmazonBedrock', 'AmazonBedrockService']),
      listProducts: async () => {
        state.reads += 1
        return answer([])
      },
    }),
    simulated: () => false,
    cacheFolder: folder,
    now: () => new Date(state.at),
    ...over,
  }
  const ask = (maxAgeMs: number, ...regions: string[]) => livePrices({regions, partition: 'aws', maxAgeMs}, ports)
  return {state, ask, ports}
}

test('every list of the Region is read once, then kept for as long as is asked', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)

    expect((await ask(HOUR_MS, 'us-east-1')).basis).toEqual({kind: 'live', asOf: '2026-11-21T12:00:00.000Z', why: null})
    expect(state.reads).toBe(2)
    state.at += HOUR_MS / 2
    expect((await ask(HOUR_MS, 'us-east-1')).basis).toEqual({
      kind: 'cache',
      asOf: '2026-11-21T12:00:00.000Z',
      why: null,
    })
    expect(state.reads).toBe(2)
    state.at += HOUR_MS
    expect((await ask(HOUR_MS, 'us-east-1')).basis.kind).toBe('live')
    expect(state.reads).toBe(4)
  }))

test('only what is missing of another Region is read, and both are kept', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    await ask(HOUR_MS, 'us-east-1')
    state.at += 1
    const {basis, lists} = await ask(HOUR_MS, 'eu-west-1')

    expect([basis.kind, state.reads]).toEqual(['live', 4])
    expect(lists.map(({offer, region}) => `${region} ${offer}`).sort()).toEqual([
      'eu-west-1 AmazonBedrock',
      'eu-west-1 AmazonBedrockService',
      'us-east-1 AmazonBedrock',
      'us-east-1 AmazonBedrockService',
    ])
  }))

test('what a clock that went wrong dated years ahead is read anew', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    const today = state.at
    state.at += 90_000 * HOUR_MS
    await ask(HOUR_MS, 'us-east-1')
    state.at = today

    expect((await ask(HOUR_MS, 'us-east-1')).basis).toMatchObject({kind: 'live', asOf: '2026-11-21T12:00:00.000Z'})
    expect(state.reads).toBe(4)
  }))

test('an age of nothing reads anew', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    await ask(0, 'us-east-1')
    state.at += 1
    await ask(0, 'us-east-1')

    expect(state.reads).toBe(4)
  }))

test('several that ask at once make one read', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    const answers = await Promise.all([ask(HOUR_MS, 'us-east-1'), ask(HOUR_MS, 'us-east-1'), ask(HOUR_MS, 'us-east-1')])

    expect(state.reads).toBe(2)
    expect(answers.map(({basis}) => basis.kind).sort()).toEqual(['cache', 'cache', 'live'])
  }))

test.each(['CREDENTIALS_MISSING', 'ACCESS_DENIED', 'THROTTLED'])('after %s the bundle, and the reason', (code) =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    state.refuse = failure(code)

    expect(await ask(HOUR_MS, 'us-east-1')).toEqual({
      lists: [],
      basis: {kind: 'bundle', asOf: smallCatalog().compiledOn, why: `${code} it is`},
      warnings: [],
    })
  }),
)

test('what was kept at any age beats the bundle when AWS does not answer', () =>
  withFolder(async (folder) => {
    const {ask, state} = stage(folder)
    await ask(HOUR_MS, 'us-east-1')
    state.at += 1000 * HOUR_MS
    state.refuse = failure('UNREACHABLE', 'service')

    const {basis, lists} = await ask(HOUR_MS, 'us-east-1')

    expect(basis).toEqual({kind: 'cache', asOf: '2026-11-21T12:00:00.000Z', why: 'UNREACHABLE it is'})
    expect(lists).toHaveLength(2)
  }))

test('a partition without a Price List is told', () =>
  withFolder(async (folder) => {
    const {ask} = stage(folder, {prices: async () => undefined})

    expect((await ask(HOUR_MS, 'us-east-1')).basis).toMatchObject({
      kind: 'bundle',
      why: 'Partition aws has no Price List of its own.',
    })
  }))

test('a list that fails costs the others nothing, and is told', () =>
  withFolder(async (folder) => {
    const {ask} = stage(folder, {
      prices: async () => ({
        listOffers: async () => ['AmazonBedrock', 'AmazonBedrockService'],
        listProducts: async (offer) => {
          if (offer === 'AmazonBedrockService') throw failure('THROTTLED', 'service')
          return []
        },
      }),
    })

    const {basis, lists} = await ask(HOUR_MS, 'us-east-1')

    expect(basis).toMatchObject({kind: 'live', why: '1 list could not be read: THROTTLED it is'})
    expect(lists).toHaveLength(1)
  }))

test('what a sandbox says is kept apart; who answers is asked first where that is not known', () =>
  withFolder(async (folder) => {
    let simulated: boolean | undefined
    const {ask, ports} = stage(folder, {
      simulated: () => simulated,
      identity: async () => ({
        whoAmI: async () => {
          simulated = true
          return {account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/test`, userId: 'A'}
        },
      }),
    })
    await ask(HOUR_MS, 'us-east-1')

    expect(ports.simulated()).toBe(true)
    expect(existsSync(join(folder, 'prices-simulated.json'))).toBe(true)
    expect(existsSync(join(folder, 'prices.json'))).toBe(false)
  }))

test('stopped on the way it throws, and leaves no lock', () =>
  withFolder(async (folder) => {
    const {ports, state} = stage(folder)
    state.refuse = failure('INTERRUPTED', 'interrupted')

    await expect(livePrices({regions: ['us-east-1'], partition: 'aws', maxAgeMs: 0}, ports)).rejects.toThrow()
    expect(existsSync(join(folder, 'prices.json.lock'))).toBe(false)
  }))

test.each([true, false])('prices are read and not kept where nobody tells the account (own endpoint: %s)', (own) =>
  withFolder(async (folder) => {
    const {ask} = stage(folder, {
      identity: async () => ({whoAmI: async () => Promise.reject(failure('UNREACHABLE', 'service'))}),
      simulated: () => (own ? undefined : false),
    })

    const {basis, lists, warnings} = await ask(HOUR_MS, 'us-east-1')

    expect(basis).toMatchObject({kind: 'live', why: null})
    expect(lists).toHaveLength(2)
    expect(warnings).toEqual(['not kept  UNREACHABLE it is'])
    expect(existsSync(join(folder, 'prices.json'))).toBe(false)
  }),
)
