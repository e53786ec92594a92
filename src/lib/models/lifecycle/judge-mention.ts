import type {Arn} from '../../core/arn.js'
import {endsWithin} from './assess-lifecycle.js'
import type {Mention} from './find-mentions.js'
import {type KnownName, knownNames} from './known-names.js'
import type {ModelLifecycle} from './lifecycle.schema.js'
import type {LifecycleFacts} from './lifecycle-facts.js'
import {judgeSlip, type Problem} from './mistyped.js'
import {modelLifecycle} from './model-lifecycle.js'

export interface Judgement {
  readonly modelId: string | null
  readonly problems: readonly Problem[]
}

export interface Judge {
  readonly providers: readonly string[]
  judge(mention: Pick<Mention, 'text' | 'id' | 'arn'>): Judgement
  lifecycleOf(modelId: string): ModelLifecycle
}

/** AWS's documentation writes these for an account. */
const EXAMPLE_ACCOUNTS = new Set(['', 'aws', '123456789012', '111122223333', '444455556666', '000000000000'])

/** Judges mentions by exact look-up; each text is judged once, however often it stands in the sources. */
export function createJudge(facts: LifecycleFacts, withinDays: number | undefined): Judge {
  const names = knownNames(facts)
  const live = facts.offers.some(({origin}) => origin.kind === 'live')
  const lifecycles = new Map<string, ModelLifecycle>()
  const judgements = new Map<string, Judgement>()
  const lifecycleOf = (modelId: string) => {
    const known = lifecycles.get(modelId) ?? modelLifecycle(modelId, facts)
    lifecycles.set(modelId, known)
    return known
  }
  const decide = ({id, arn}: Pick<Mention, 'id' | 'arn'>): Judgement => {
    const aboutArn = arn ? arnProblems(arn, facts) : []
    if (id === null) return {modelId: null, problems: aboutArn}
    const name = names.find(id)
    if (!name) {
      const slip = judgeSlip(id, names, facts.catalog, live)
      return {modelId: null, problems: [...aboutArn, ...(slip ? [slip] : [])]}
    }
    return {
      modelId: name.modelId,
      problems: [
        ...aboutArn,
        ...misplaced(id, name, arn),
        ...lifecycleProblems(lifecycleOf(name.modelId), withinDays, facts),
        ...aliasProblems(name),
        ...(arn === null && name.kind === 'model' ? routeProblems(id, facts) : []),
      ],
    }
  }
  return {
    providers: names.providers,
    lifecycleOf,
    judge(mention) {
      const judgement = judgements.get(mention.text) ?? decide(mention)
      judgements.set(mention.text, judgement)
      return judgement
    },
  }
}

function lifecycleProblems(
  model: ModelLifecycle,
  withinDays: number | undefined,
  {catalog}: LifecycleFacts,
): readonly Problem[] {
  const end = model.dates.find(({event}) => event === 'endOfLife')
  const remedy = model.successor
    ? `Suggestion: ${model.successor.id}, ${model.successor.words}. Ask which id to use: bedrockctl models resolve`
    : null
  switch (model.phase) {
    case 'EOL':
      return [
        {rule: 'eol', severity: 'error', message: `end of life${end ? ` on ${end.date}` : ''}: calls fail`, remedy},
      ]
    case 'LEGACY':
    case 'EXTENDED_ACCESS': {
      const ending = end ? `, end of life ${end.date} (${end.daysLeft} days)` : ''
      const extended = model.phase === 'EXTENDED_ACCESS' ? ' in extended access, the price may rise' : ''
      const severity = endsWithin(model, withinDays) ? 'error' : 'warning'
      return [{rule: 'legacy', severity, message: `legacy${extended}${ending}`, remedy}]
    }
    case 'UNKNOWN':
      return catalog.model(model.id)?.lifecycle.status === 'UNLISTED'
        ? [{rule: 'unlisted', severity: 'warning', message: 'known from SDK lists only; no Region lists it', remedy}]
        : []
    case 'ACTIVE':
    case 'PREVIEW':
      return endsWithin(model, withinDays)
        ? [{rule: 'legacy', severity: 'error', message: `end of life ${end?.date ?? ''} is announced`, remedy}]
        : []
  }
}

function aliasProblems({kind, modelId}: KnownName): readonly Problem[] {
  if (kind !== 'alias') return []
  return [
    {
      rule: 'unpinned-alias',
      severity: 'warning',
      message: `an alias: it stands for ${modelId} today, and AWS may move it`,
      remedy: `Pin it: ${modelId}`,
    },
  ]
}

/** An ARN says what kind of thing its last part is. */
function misplaced(id: string, {kind}: KnownName, arn: Arn | null): readonly Problem[] {
  if (!arn) return []
  const isProfileArn = arn.resource.startsWith('inference-profile/')
  if (isProfileArn === (kind === 'profile')) return []
  return [
    {
      rule: 'mistyped',
      severity: 'error',
      message: isProfileArn ? `${id} is a model, not a profile` : `${id} is a profile, not a model`,
      remedy: isProfileArn
        ? `Write …::foundation-model/${id}`
        : `Write …:<account>:inference-profile/${id}, with your account`,
    },
  ]
}

function routeProblems(id: string, {catalog, offers}: LifecycleFacts): readonly Problem[] {
  const model = catalog.model(id)
  if (!model || model.lifecycle.status === 'EOL' || model.profiles.length === 0) return []
  const elsewhere = [model.inRegion, model.inRegionDisputed, model.mantle, model.govCloud]
  const offered = offers.some(({models}) => models.some((offer) => offer.id === id && offer.inRegion))
  if (offered || elsewhere.some((regions) => regions.length > 0)) return []
  return [
    {
      rule: 'profile-required',
      severity: 'note',
      message: 'no Region takes the bare id on demand; a call needs a profile',
      remedy: `Its profiles: ${model.profiles.map((profile) => profile.id).join(', ')}`,
    },
  ]
}

function arnProblems({partition, region, account}: Arn, {catalog}: LifecycleFacts): readonly Problem[] {
  const home = catalog.region(region)?.partition
  const wrong: readonly Problem[] =
    home === undefined || home === partition
      ? []
      : [
          {
            rule: 'wrong-partition-arn',
            severity: 'error',
            message: `${region} belongs to the partition ${home}, not ${partition}`,
            remedy: `Write ${['arn', home, 'bedrock', region, '…'].join(':')}`,
          },
        ]
  if (EXAMPLE_ACCOUNTS.has(account)) return wrong
  return [
    ...wrong,
    {
      rule: 'hardcoded-account',
      severity: 'note',
      message: `the account ${account} stands in the source`,
      remedy: 'Take it from configuration, so that the same code runs in every account.',
    },
  ]
}
