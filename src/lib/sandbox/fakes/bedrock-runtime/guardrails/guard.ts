import type {GuardrailTraceAssessment} from '@aws-sdk/client-bedrock-runtime'
import type {RequestContext} from '../../../handler.js'
import type {Body, Guard, Said, SaidBlock} from '../../bedrock/answers/family.js'
import {BLOCKED_MESSAGE} from '../../bedrock/guardrails.js'
import {invalid} from '../refusals.js'
import {type Assessed, assessTexts} from './assess-text.js'
import {describeAssessment, reasonOf} from './described.js'
import {type FoundGuardrail, findGuardrail} from './find-guardrail.js'
import {guardedTexts} from './guarded-texts.js'

/** What a call says of the guardrail that it wants. */
export interface GuardrailWish {
  readonly guardrailIdentifier?: string | undefined
  readonly guardrailVersion?: string | undefined
  /** In whatever case. */
  readonly trace?: string | undefined
  readonly streamProcessingMode?: string | undefined
}

const HALF = 'Both the guardrail identifier and the guardrail version must be given.'

/** Guards the answer to a request; `undefined` where no guardrail is wanted. */
export function guardFor(
  {guardrailIdentifier: identifier = '', guardrailVersion: version = '', ...wish}: GuardrailWish,
  request: Body,
  context: RequestContext,
): Guard | undefined {
  if (identifier === '' && version === '') return undefined
  if (identifier === '' || version === '') throw invalid(HALF)
  const found = findGuardrail(identifier, version, {context, refuse: invalid})
  const input = assessTexts(found.policies, guardedTexts(request), 'INPUT')
  const traced = /^enabled/i.test(wish.trace ?? '')
  const streams = context.operation.includes('Stream')
  return new Guarding(found, input, {traced, late: streams && wish.streamProcessingMode === 'async'})
}

class Guarding implements Guard {
  readonly blockedInput: boolean
  readonly #found: FoundGuardrail
  readonly #input: Assessed
  readonly #traced: boolean
  readonly #late: boolean
  #output: Assessed | undefined
  #said = ''

  /** `late`: what is said is sent before it is judged. */
  constructor(found: FoundGuardrail, input: Assessed, {traced, late}: {traced: boolean; late: boolean}) {
    this.#found = found
    this.#input = input
    this.#traced = traced
    this.#late = late
    this.blockedInput = input.outcome === 'blocked'
  }

  get action(): 'INTERVENED' | 'NONE' {
    const outcomes = [this.#input.outcome, this.#output?.outcome ?? 'none']
    return outcomes.some((outcome) => outcome !== 'none') ? 'INTERVENED' : 'NONE'
  }

  edit(said: Said): Said {
    if (this.blockedInput) return {...saying(BLOCKED_MESSAGE), tokens: 0}
    this.#said = said.blocks.flatMap(({kind, pieces}) => (kind === 'text' ? pieces : [])).join('')
    const output = assessTexts(this.#found.policies, [this.#said], 'OUTPUT')
    this.#output = output
    if (output.outcome === 'none') return said
    if (this.#late) return output.outcome === 'blocked' ? {...said, stop: 'guardrail'} : said
    const text = output.outcome === 'blocked' ? BLOCKED_MESSAGE : (output.texts[0] ?? '')
    return {...saying(text), tokens: said.tokens}
  }

  trace(): {readonly guardrail: GuardrailTraceAssessment} | undefined {
    if (!this.#traced) return undefined
    const {id} = this.#found.guardrail
    const deciding = this.#output && this.#output.outcome !== 'none' ? this.#output : this.#input
    return {
      guardrail: {
        ...(this.#output && this.#output.outcome !== 'none' && {modelOutput: [this.#said]}),
        inputAssessment: {[id]: describeAssessment(this.#input, this.#found)},
        ...(this.#output && {outputAssessments: {[id]: [describeAssessment(this.#output, this.#found)]}}),
        actionReason: reasonOf(deciding),
      },
    }
  }
}

function saying(text: string): Omit<Said, 'tokens'> {
  const block: SaidBlock = {kind: 'text', pieces: [text]}
  return {blocks: [block], stop: 'guardrail', sequence: undefined}
}
