import type {RegionOptIn, RegionOptInSource} from '../../account/ports.js'
import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {AccessSource} from './access-ports.js'
import type {AccountFacts} from './account-verdict.js'

export interface ReadAccountPorts {
  readonly access: AccessSource
  readonly regionOptIns: RegionOptInSource
}

export interface AccountReading {
  isEnabled(region: string): boolean | undefined
  accountOf(region: string, modelId: string): AccountFacts | undefined
  readonly unread: readonly Unread[]
}

const ENABLED: readonly RegionOptIn[] = ['enabled-by-default', 'enabled', 'disabling']

/** Which Regions the account has enabled; undefined entries could not be told. */
export async function readOptIns(
  source: RegionOptInSource,
  signal?: AbortSignal,
): Promise<{isEnabled(region: string): boolean | undefined; unread: readonly Unread[]}> {
  const read = await attempt(source.listRegionOptIns(signal))
  if ('failure' in read)
    return {isEnabled: () => undefined, unread: [toUnread(read.failure, 'all Regions', 'account:ListRegions')]}
  return {
    isEnabled: (region) => {
      const state = read.value.get(region)
      return state === undefined ? undefined : ENABLED.includes(state)
    },
    unread: [],
  }
}

/** Reads what decides whether the account may use these models in these Regions; a failed call becomes `unread`. */
export async function readAccount(
  input: {
    readonly regions: readonly string[]
    readonly models: readonly {readonly id: string; readonly provider: string | null}[]
  },
  optIns: {isEnabled(region: string): boolean | undefined},
  {access}: Pick<ReadAccountPorts, 'access'>,
  signal?: AbortSignal,
): Promise<AccountReading> {
  const unread: Unread[] = []
  const facts = new Map<string, AccountFacts>()
  const keep = <T>(read: Attempt<T>, region: string, action: string): T | undefined => {
    if ('value' in read) return read.value
    unread.push(toUnread(read.failure, region, action))
    return undefined
  }
  const needsForm = input.models.some(({provider}) => provider === 'Anthropic')
  await Promise.all(
    input.regions.map(async (region) => {
      if (optIns.isEnabled(region) === false) {
        for (const {id} of input.models) facts.set(`${region} ${id}`, notEnabled(region))
        return
      }
      const [retention, form, states] = await Promise.all([
        attempt(access.readDataRetention(region, signal)),
        needsForm ? attempt(access.hasUseCaseForm(region, signal)) : undefined,
        Promise.all(input.models.map(({id}) => attempt(access.readAccess(region, id, signal)))),
      ])
      const dataRetention = keep(retention, region, 'bedrock:GetAccountDataRetention')
      const useCaseForm = form && keep(form, region, 'bedrock:GetUseCaseForModelAccess')
      input.models.forEach(({id}, index) => {
        const state = states[index]
        facts.set(`${region} ${id}`, {
          region,
          regionEnabled: optIns.isEnabled(region),
          access: state && keep(state, region, 'bedrock:GetFoundationModelAvailability'),
          accessUnreadReason: state && 'failure' in state ? state.failure.message : undefined,
          dataRetention,
          useCaseForm,
        })
      })
    }),
  )
  return {isEnabled: optIns.isEnabled, accountOf: (region, modelId) => facts.get(`${region} ${modelId}`), unread}
}

function notEnabled(region: string): AccountFacts {
  return {
    region,
    regionEnabled: false,
    access: undefined,
    accessUnreadReason: undefined,
    dataRetention: undefined,
    useCaseForm: undefined,
  }
}

type Attempt<T> = {readonly value: T} | {readonly failure: BedrockctlError}

async function attempt<T>(call: Promise<T>): Promise<Attempt<T>> {
  try {
    return {value: await call}
  } catch (error) {
    if (error instanceof BedrockctlError) return {failure: error}
    throw error
  }
}
