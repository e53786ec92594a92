import type {IdentitySource, RegionOptInSource} from '../../account/ports.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {Gate} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {resolveBaseModels} from '../references/resolve-base-models.js'
import type {AccessResult, ModelAccess} from './access.schema.js'
import type {AccessSource} from './access-ports.js'
import {judgeAccount} from './account-verdict.js'
import {readAccount, readOptIns} from './read-account.js'

export interface AssessAccessInput {
  /** Any id, ARN or display name; empty for every model that the Regions offer. */
  readonly models: readonly string[]
  readonly regions: readonly string[]
}

export interface AssessAccessPorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  readonly access: AccessSource
  readonly regionOptIns: RegionOptInSource
  readonly references: ReferenceSource
  readonly identity: IdentitySource
  readonly simulated: () => boolean
}

/** Agreement, entitlement, authorisation, data retention and first-use form of each model in each Region. */
export async function assessAccess(
  input: AssessAccessInput,
  ports: AssessAccessPorts,
  signal: AbortSignal,
): Promise<AccessResult> {
  const {catalog} = ports
  const [optIns, caller] = await Promise.all([
    readOptIns(ports.regionOptIns, signal),
    callerAccount(ports.identity, signal),
  ])
  const enabled = input.regions.filter((name) => optIns.isEnabled(name) !== false)
  const collected = await ports.readOffers(enabled)
  const named = await resolveBaseModels(
    input.models,
    {catalog, offers: collected.offers, references: ports.references},
    signal,
  )
  const offered = [...new Set(collected.offers.flatMap(({models}) => models.map(({id}) => id)))].sort()
  const models = (named.length > 0 ? named : offered).map((id) => ({id, provider: catalog.model(id)?.provider ?? null}))
  const account = await readAccount({regions: input.regions, models}, optIns, {access: ports.access}, signal)
  const isOffered = (id: string, region: string) =>
    collected.offers.find((offer) => offer.region === region)?.models.some((model) => model.id === id) ?? false
  const access = models.flatMap(({id, provider}) =>
    input.regions
      .filter((region) => named.length > 0 || isOffered(id, region))
      .flatMap((region): ModelAccess[] => {
        const facts = account.accountOf(region, id)
        if (!facts) return []
        const {answer, findings} = judgeAccount({id, provider, catalog: catalog.model(id)}, facts)
        return [
          {
            modelId: id,
            name: catalog.model(id)?.name ?? null,
            provider,
            region,
            answer,
            agreement: facts.access?.agreement ?? null,
            authorization: facts.access?.authorization ?? null,
            entitlement: facts.access?.entitlement ?? null,
            dataRetention: facts.dataRetention ?? null,
            findings,
          },
        ]
      }),
  )
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread: [...optIns.unread, ...collected.unread, ...account.unread],
    account: caller,
    regions: input.regions,
    access,
    ...(named.length > 0 ? {gate: judgeGate(access)} : {}),
  }
}

/** STS may be out of reach where Bedrock is not: the account number is then not known, and nothing else suffers. */
async function callerAccount(identity: IdentitySource, signal: AbortSignal): Promise<string | null> {
  try {
    return (await identity.whoAmI(signal)).account
  } catch (error) {
    if (error instanceof BedrockctlError && error.fault !== 'interrupted' && error.code !== 'CREDENTIALS_MISSING')
      return null
    throw error
  }
}

function judgeGate(access: readonly ModelAccess[]): Gate {
  const failures = access
    .filter(({answer}) => answer === 'no')
    .map(({modelId, region, findings}) => {
      const blocking = findings.filter(({blocks}) => blocks === 'yes').map(({message}) => message)
      return `${modelId} in ${region}: ${blocking.join('; ')}`
    })
  return {requirement: 'the account may use each model', passed: failures.length === 0, failures}
}
