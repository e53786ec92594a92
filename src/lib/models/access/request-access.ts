import {BedrockctlError} from '../../core/errors.js'
import type {AccessRequestResult} from './access.schema.js'
import type {AccessSource, AgreementOffer} from './access-ports.js'

export interface RequestAccessInput {
  /** Bare id. */
  readonly modelId: string
  readonly region: string
  /** Show what would be accepted and accept nothing. */
  readonly dryRun: boolean
}

export interface RequestAccessPorts {
  readonly access: AccessSource
  /** Shows the offer and asks; throws when the answer is no. */
  readonly confirm: (offer: NonNullable<AccessRequestResult['offer']>) => Promise<void>
  readonly simulated: () => boolean
}

/**
 * Accepts the Marketplace agreement of a model after showing its terms and prices. Asking for one that exists changes
 * nothing, so the request may be sent again.
 */
export async function requestAccess(
  {modelId, region, dryRun}: RequestAccessInput,
  ports: RequestAccessPorts,
  signal: AbortSignal,
): Promise<AccessRequestResult> {
  const {access, confirm, simulated} = ports
  const before = await access.readAccess(region, modelId, signal)
  const base = {schemaVersion: 1, unread: [], modelId, region} as const
  if (before.agreement === 'AVAILABLE' || before.agreement === 'PENDING') {
    return {...base, simulated: simulated(), outcome: 'already-accepted', agreement: before.agreement, offer: null}
  }
  const [offer] = await access.listAgreementOffers(region, modelId, signal)
  if (!offer) return {...base, simulated: simulated(), outcome: 'not-needed', agreement: before.agreement, offer: null}
  const shown = withoutToken(offer)
  if (dryRun)
    return {...base, simulated: simulated(), outcome: 'would-accept', agreement: before.agreement, offer: shown}
  if (shown.termsUrl === null) {
    throw new BedrockctlError('TERMS_MISSING', `The offer for ${modelId} names no terms.`, {
      fault: 'service',
      why: 'An agreement should not be accepted unread.',
      hint: 'Accept it in the console’s model catalog, where AWS shows them.',
    })
  }
  await confirm(shown)
  await access.acceptAgreement(region, modelId, offer.offerToken, signal)
  const after = await access.readAccess(region, modelId, signal)
  return {...base, simulated: simulated(), outcome: 'accepted', agreement: after.agreement, offer: shown}
}

/** The token is a credential of sorts: it stays out of what is printed. */
function withoutToken({
  offerId,
  termsUrl,
  refundPolicy,
  duration,
  rates,
}: AgreementOffer): NonNullable<AccessRequestResult['offer']> {
  return {offerId, termsUrl, refundPolicy, duration, rates}
}
