import {
  BedrockClient,
  CreateFoundationModelAgreementCommand,
  GetAccountDataRetentionCommand,
  GetFoundationModelAvailabilityCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelAgreementOffersCommand,
  type Offer,
} from '@aws-sdk/client-bedrock'
import type {AccessSource, AgreementOffer} from '../models/access/access-ports.js'
import {absentAs} from './absent.js'
import type {Wire} from './wire.js'

const UNKNOWN = 'UNKNOWN'

export function createAccessSource(wire: Wire): AccessSource {
  const clientFor = (region: string) => wire.client('bedrock', region, (config) => new BedrockClient(config))
  return {
    async readAccess(region, modelId, signal) {
      const action = 'bedrock:GetFoundationModelAvailability'
      const answer = await wire.call('bedrock', {action, region}, signal, (abortSignal) =>
        clientFor(region).send(new GetFoundationModelAvailabilityCommand({modelId}), {abortSignal}),
      )
      return {
        agreement: answer.agreementAvailability?.status ?? UNKNOWN,
        agreementError: answer.agreementAvailability?.errorMessage ?? null,
        authorization: answer.authorizationStatus ?? UNKNOWN,
        entitlement: answer.entitlementAvailability ?? UNKNOWN,
        region: answer.regionAvailability ?? UNKNOWN,
      }
    },
    async readDataRetention(region, signal) {
      const action = 'bedrock:GetAccountDataRetention'
      const answer = await wire.call('bedrock', {action, region}, signal, (abortSignal) =>
        clientFor(region).send(new GetAccountDataRetentionCommand({}), {abortSignal}),
      )
      return answer.mode ?? UNKNOWN
    },
    hasUseCaseForm(region, signal) {
      const action = 'bedrock:GetUseCaseForModelAccess'
      const asked = wire.call('bedrock', {action, region}, signal, async (abortSignal) => {
        await clientFor(region).send(new GetUseCaseForModelAccessCommand({}), {abortSignal})
        return true
      })
      return absentAs(asked, false)
    },
    listAgreementOffers(region, modelId, signal) {
      const action = 'bedrock:ListFoundationModelAgreementOffers'
      const asked = wire.call('bedrock', {action, region}, signal, async (abortSignal) => {
        const command = new ListFoundationModelAgreementOffersCommand({modelId})
        return ((await clientFor(region).send(command, {abortSignal})).offers ?? []).map(toOffer)
      })
      return absentAs(asked, [])
    },
    async acceptAgreement(region, modelId, offerToken, signal) {
      const action = 'bedrock:CreateFoundationModelAgreement'
      await wire.call('bedrock', {action, region}, signal, (abortSignal) =>
        clientFor(region).send(new CreateFoundationModelAgreementCommand({modelId, offerToken}), {abortSignal}),
      )
    },
  }
}

function toOffer({offerId, offerToken, termDetails}: Offer): AgreementOffer {
  return {
    offerId: offerId ?? null,
    offerToken: offerToken ?? '',
    termsUrl: termDetails?.legalTerm?.url ?? null,
    refundPolicy: termDetails?.supportTerm?.refundPolicyDescription ?? null,
    duration: termDetails?.validityTerm?.agreementDuration ?? null,
    rates: (termDetails?.usageBasedPricingTerm?.rateCard ?? []).map((rate) => ({
      dimension: rate.dimension ?? null,
      price: rate.price ?? null,
      unit: rate.unit ?? null,
      description: rate.description ?? null,
    })),
  }
}
