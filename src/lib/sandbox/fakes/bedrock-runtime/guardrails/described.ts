import type {GuardrailAssessment} from '@aws-sdk/client-bedrock-runtime'
import type {Assessed} from './assess-text.js'
import type {FoundGuardrail} from './find-guardrail.js'

const LATENCY_MS = 120

/** What was found, with what it took and by which guardrail. */
export function describeAssessment(assessed: Assessed, found: FoundGuardrail): GuardrailAssessment {
  const {assessment, usage} = assessed
  return {
    ...assessment,
    invocationMetrics: {
      guardrailProcessingLatency: LATENCY_MS,
      usage,
      guardrailCoverage: coverageOf(assessed),
    },
    appliedGuardrailDetails: {
      guardrailId: found.guardrail.id,
      guardrailVersion: found.version,
      guardrailArn: found.arn,
      guardrailOrigin: ['REQUEST'],
      guardrailOwnership: found.shared ? 'CROSS_ACCOUNT' : 'SELF',
    },
  }
}

export const coverageOf = ({characters}: Assessed) => ({textCharacters: {guarded: characters, total: characters}})

const REASONS = {none: 'No action.', masked: 'Guardrail masked.', blocked: 'Guardrail blocked.'} as const

export const reasonOf = ({outcome}: Assessed): string => REASONS[outcome]
