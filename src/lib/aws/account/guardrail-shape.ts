import type {GetGuardrailResponse} from '@aws-sdk/client-bedrock'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import {moment} from './shapes.js'

type Guardrail = ReadItem<'bedrock:guardrails'>
export type GuardrailDetail = PartValue<Guardrail['draft']>

interface Sides {
  readonly inputAction?: string | undefined
  readonly outputAction?: string | undefined
  readonly inputEnabled?: boolean | undefined
  readonly outputEnabled?: boolean | undefined
}

function sides({inputAction, outputAction, inputEnabled, outputEnabled}: Sides) {
  return {
    inputAction: inputAction ?? null,
    outputAction: outputAction ?? null,
    inputEnabled: inputEnabled ?? null,
    outputEnabled: outputEnabled ?? null,
  }
}

/** What a version does, without the words, patterns and definitions it is told with. */
export function toGuardrailDetail(answer: GetGuardrailResponse): GuardrailDetail {
  return {
    version: answer.version ?? '',
    status: answer.status ?? '',
    statusReasons: answer.statusReasons ?? [],
    kmsKeyArn: answer.kmsKeyArn ?? null,
    profileArn: answer.crossRegionDetails?.guardrailProfileArn ?? null,
    ...contentShape(answer),
    ...topicShape(answer),
    ...wordShape(answer),
    ...sensitiveShape(answer),
    grounding: (answer.contextualGroundingPolicy?.filters ?? []).map(({type, threshold, action, enabled}) => ({
      type: type ?? '',
      threshold: threshold ?? null,
      action: action ?? null,
      enabled: enabled ?? null,
    })),
    automatedReasoning: answer.automatedReasoningPolicy
      ? {
          policies: answer.automatedReasoningPolicy.policies ?? [],
          confidenceThreshold: answer.automatedReasoningPolicy.confidenceThreshold ?? null,
        }
      : null,
    createdAt: moment(answer.createdAt),
    updatedAt: moment(answer.updatedAt),
  }
}

function contentShape({contentPolicy}: GetGuardrailResponse) {
  return {
    contentFilters: (contentPolicy?.filters ?? []).map((filter) => ({
      type: filter.type ?? '',
      inputStrength: filter.inputStrength ?? '',
      outputStrength: filter.outputStrength ?? '',
      inputModalities: filter.inputModalities ?? null,
      outputModalities: filter.outputModalities ?? null,
      ...sides(filter),
    })),
    contentTier: contentPolicy?.tier?.tierName ?? null,
  }
}

function topicShape({topicPolicy}: GetGuardrailResponse) {
  return {
    topics: (topicPolicy?.topics ?? []).map((topic) => ({
      name: topic.name ?? '',
      type: topic.type ?? null,
      ...sides(topic),
    })),
    topicTier: topicPolicy?.tier?.tierName ?? null,
  }
}

function wordShape({wordPolicy}: GetGuardrailResponse) {
  return {
    words: wordPolicy?.words?.length ?? 0,
    managedWords: (wordPolicy?.managedWordLists ?? []).map((list) => ({type: list.type ?? '', ...sides(list)})),
  }
}

function sensitiveShape({sensitiveInformationPolicy: policy}: GetGuardrailResponse) {
  return {
    piiEntities: (policy?.piiEntities ?? []).map((entity) => ({
      name: entity.type ?? '',
      action: entity.action ?? null,
      ...sides(entity),
    })),
    regexes: (policy?.regexes ?? []).map((regex) => ({
      name: regex.name ?? '',
      action: regex.action ?? null,
      ...sides(regex),
    })),
  }
}
