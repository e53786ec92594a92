import type {Choice, Residency} from './compare.schema.js'
import type {Description} from './describe-candidate.js'

/** What is different from the baseline besides the cost, in words; empty for what is alike. */
export function changesFrom(choice: Description, baseline: Description): readonly string[] {
  const sameModel = choice.modelId === baseline.modelId
  return [
    sameModel ? undefined : choice.kind === 'self-hosted' ? 'a model of your own' : `another model: ${choice.name}`,
    choice.region === baseline.region || choice.kind === 'self-hosted' ? undefined : `called in ${choice.region}`,
    sameResidency(choice.residency, baseline.residency) ? undefined : `prompts are processed ${choice.residency.words}`,
    choice.route === 'mantle' && baseline.route !== 'mantle' ? 'another endpoint: bedrock-mantle' : undefined,
    choice.latency === baseline.latency ? undefined : choice.latency,
    choice.commitment === baseline.commitment ? undefined : commitmentWords(choice.commitment),
    ...(sameModel ? [] : [lifecycleWords(choice), retentionWords(choice)]),
    ...choice.notes.filter((note) => !baseline.notes.includes(note)),
  ].filter((text) => text !== undefined)
}

function sameResidency(one: Residency, other: Residency): boolean {
  return one.words === other.words
}

function commitmentWords(commitment: Choice['commitment']): string {
  return commitment === 'none'
    ? 'no commitment'
    : `a commitment of ${commitment.replace('-', ' ')}s`.replace('1 months', '1 month')
}

/** `legacy since 2026-05-01, end of life on 2026-11-01`; undefined for a model in active life without an end. */
function lifecycleWords({lifecycle: {endOfLife, legacy, status}}: Description): string | undefined {
  if (status === 'ACTIVE' && endOfLife === null) return undefined
  const state =
    status === 'LEGACY'
      ? `legacy${legacy === null ? '' : ` since ${legacy}`}`
      : status === 'ACTIVE'
        ? undefined
        : status.toLowerCase()
  return [state, endOfLife === null ? undefined : `end of life on ${endOfLife}`]
    .filter((text) => text !== undefined)
    .join(', ')
}

function retentionWords({dataRetention}: Description): string | undefined {
  if (dataRetention === null || dataRetention === 'none') return undefined
  return `answers only with the account’s data-retention mode ${dataRetention} or above`
}
