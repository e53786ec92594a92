import {z} from 'zod'
import {flag, maybe, maybeMoment, moment, part, policyText, quantity, text, texts} from './parts.schema.js'

/** Absent action or enablement stays null: what AWS then does is for the judge to know. */
const sides = {inputAction: maybe, outputAction: maybe, inputEnabled: flag, outputEnabled: flag}

const contentFilter = z.object({
  type: text.describe('SEXUAL, VIOLENCE, HATE, INSULTS, MISCONDUCT, PROMPT_ATTACK.'),
  inputStrength: text,
  outputStrength: text,
  inputModalities: texts.nullable(),
  outputModalities: texts.nullable(),
  ...sides,
})

const sensitive = z.object({name: text.describe('Type of entity, or name of the pattern.'), action: maybe, ...sides})

/** What one version does; patterns, words and definitions stay out. */
export const guardrailDetail = z.object({
  version: text.describe('DRAFT or a number.'),
  status: text,
  statusReasons: texts,
  kmsKeyArn: maybe,
  profileArn: maybe.describe('Guardrail profile: it is then evaluated in other Regions too.'),
  contentFilters: z.array(contentFilter),
  contentTier: maybe,
  topics: z.array(z.object({name: text, type: maybe, ...sides})),
  topicTier: maybe,
  words: z.number().int(),
  managedWords: z.array(z.object({type: text, ...sides})),
  piiEntities: z.array(sensitive),
  regexes: z.array(sensitive),
  grounding: z.array(z.object({type: text, threshold: quantity, action: maybe, enabled: flag})),
  automatedReasoning: z.object({policies: texts, confidenceThreshold: quantity}).nullable(),
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
})

const guardrail = z.object({
  id: text,
  arn: text,
  name: text,
  status: text,
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
  draft: part(guardrailDetail),
  versions: part(
    z.array(z.object({version: text, status: text, createdAt: maybeMoment, detail: part(guardrailDetail)})),
  ),
  resourcePolicy: part(policyText.nullable()),
})

const enforced = z.object({
  configId: text,
  guardrailArn: text,
  guardrailId: text,
  guardrailVersion: text,
  inputTags: maybe,
  guarding: z.object({system: maybe, messages: maybe}).nullable(),
  models: z.object({included: texts, excluded: texts}).nullable().describe('Null: every model.'),
  owner: maybe,
  updatedAt: moment.nullable(),
})

export const guardrailReads = {
  'bedrock:guardrails': z.array(guardrail),
  'bedrock:enforced-guardrails': z.array(enforced),
}
