import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import {handlersFor} from '../../../handler.js'
import {BLOCKED_MESSAGE} from '../../bedrock/guardrails.js'
import {notFound} from '../refusals.js'
import {assessTexts} from './assess-text.js'
import {coverageOf, describeAssessment, reasonOf} from './described.js'
import {findGuardrail} from './find-guardrail.js'

export const guardrailCalls = handlersFor<typeof Runtime>()({
  ApplyGuardrail({guardrailIdentifier, guardrailVersion, source, content}, context) {
    const found = findGuardrail(guardrailIdentifier, guardrailVersion, {context, refuse: notFound})
    const texts = content.flatMap(({text}) => (text?.text === undefined ? [] : [text.text]))
    const assessed = assessTexts(found.policies, texts, source)
    const {outcome} = assessed
    const left = outcome === 'blocked' ? [BLOCKED_MESSAGE] : outcome === 'masked' ? assessed.texts : []
    return {
      usage: assessed.usage,
      action: outcome === 'none' ? 'NONE' : 'GUARDRAIL_INTERVENED',
      actionReason: reasonOf(assessed),
      outputs: left.map((text) => ({text})),
      assessments: [describeAssessment(assessed, found)],
      guardrailCoverage: coverageOf(assessed),
    }
  },
})
