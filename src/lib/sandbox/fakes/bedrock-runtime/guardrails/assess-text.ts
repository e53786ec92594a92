import type {
  GuardrailAssessment,
  GuardrailUsage,
  GuardrailRegexFilter as Regex,
  GuardrailCustomWord as Word,
} from '@aws-sdk/client-bedrock-runtime'
import {isTree} from '../../../../core/is-tree.js'
import type {Guardrail} from '../../../world/resources.js'
import type {Body} from '../../bedrock/answers/family.js'

export type Source = 'INPUT' | 'OUTPUT'

/** What a guardrail finds in a text, and what it leaves of it. */
export interface Assessed {
  readonly assessment: GuardrailAssessment
  readonly usage: GuardrailUsage
  readonly characters: number
  readonly outcome: 'none' | 'masked' | 'blocked'
  /** Each text with what is masked; of no meaning where it is blocked. */
  readonly texts: readonly string[]
}

/** Characters that are billed as one. */
const UNIT = 1000

type Policies = Guardrail['policies']

/**
 * Judges texts by the word list and the regular expressions of a guardrail. Its other policies are counted, and find
 * nothing: no model judges here.
 */
export function assessTexts(policies: Policies, texts: readonly string[], source: Source): Assessed {
  const words = wordsIn(policies, texts, source)
  const {regexes, masked} = regexesIn(policies, texts, source)
  const blocked = [...words, ...regexes].some(({action}) => action === 'BLOCKED')
  const anonymised = regexes.some(({action}) => action === 'ANONYMIZED')
  return {
    assessment: {
      ...(words.length > 0 && {wordPolicy: {customWords: words, managedWordLists: []}}),
      ...(regexes.length > 0 && {sensitiveInformationPolicy: {piiEntities: [], regexes}}),
    },
    usage: usageOf(policies, texts),
    characters: texts.reduce((sum, {length}) => sum + length, 0),
    outcome: blocked ? 'blocked' : anonymised ? 'masked' : 'none',
    texts: masked,
  }
}

const listIn = (policy: unknown, name: string): readonly Body[] => {
  const list = isTree(policy) ? policy[name] : undefined
  return Array.isArray(list) ? list.filter(isTree) : []
}

/** What is to be done with what comes in, or out; `undefined` where that is not looked at. */
function actionFor(rule: Body, source: Source): string | undefined {
  const side = source === 'INPUT' ? 'input' : 'output'
  if (rule[`${side}Enabled`] === false) return undefined
  return String(rule[`${side}Action`] ?? rule['action'] ?? 'BLOCK')
}

/** A whole word, in whatever case. */
function wordsIn({wordPolicy}: Policies, texts: readonly string[], source: Source): Word[] {
  return listIn(wordPolicy, 'words').flatMap((rule): Word[] => {
    const action = actionFor(rule, source)
    const escaped = String(rule['text']).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu')
    const match = texts.map((text) => pattern.exec(text)?.[0]).find((found) => found !== undefined)
    if (action === undefined || match === undefined) return []
    return [{match, action: action === 'NONE' ? 'NONE' : 'BLOCKED', detected: true}]
  })
}

function regexesIn({sensitiveInformationPolicy}: Policies, texts: readonly string[], source: Source) {
  let masked = [...texts]
  const regexes = listIn(sensitiveInformationPolicy, 'regexes').flatMap((rule): Regex[] => {
    const asked = actionFor(rule, source)
    const pattern = new RegExp(String(rule['pattern']), 'gu')
    const name = String(rule['name'])
    const match = masked.map((text) => text.match(pattern)?.[0]).find((found) => found !== undefined)
    if (asked === undefined || match === undefined) return []
    const action = asked === 'ANONYMIZE' ? 'ANONYMIZED' : asked === 'NONE' ? 'NONE' : 'BLOCKED'
    if (action === 'ANONYMIZED') masked = masked.map((text) => text.replace(pattern, `{${name}}`))
    return [{name, match, regex: String(rule['pattern']), action, detected: true}]
  })
  return {regexes, masked}
}

/** Units of text, by policy that is there. */
function usageOf(policies: Policies, texts: readonly string[]): GuardrailUsage {
  const units = texts.reduce((sum, {length}) => sum + Math.ceil(length / UNIT), 0)
  const ifAny = (there: unknown): number => (there ? units : 0)
  const {topicPolicy, contentPolicy, wordPolicy, sensitiveInformationPolicy: sensitive} = policies
  return {
    topicPolicyUnits: ifAny(topicPolicy),
    contentPolicyUnits: ifAny(contentPolicy),
    wordPolicyUnits: ifAny(wordPolicy),
    sensitiveInformationPolicyUnits: ifAny(listIn(sensitive, 'piiEntities').length > 0),
    sensitiveInformationPolicyFreeUnits: ifAny(listIn(sensitive, 'regexes').length > 0),
    contextualGroundingPolicyUnits: 0,
  }
}
