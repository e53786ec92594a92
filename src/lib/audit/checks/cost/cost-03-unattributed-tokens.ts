import {read} from '../../../account/read.js'
import type {AccountSnapshot} from '../../../account/snapshot.schema.js'
import {findCallTarget} from '../../../iam/account/call-targets.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {ModelMetrics} from '../../facts/account-use.js'
import {modelBehind} from '../../facts/bedrock-spend.js'
import type {Missing} from '../../finding.schema.js'
import {inEachRegion, isNowhere, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'cloudwatch:bedrock-usage'
const PROFILES = 'bedrock:inference-profiles'

export const unattributedTokensCheck: Check = {
  id: 'COST-03',
  family: 'COST',
  severity: 'medium',
  title: 'Tokens go through application inference profiles, so that spend has an owner',
  why: 'What is called by the id of a model, or of a profile of AWS, is billed without tags: nobody can say which team or product spent it.',
  resource: 'Region × model',
  failsWhen: 'more than thresholds.unattributedShare of the tokens of a model go through ids of AWS',
  unknownWhen: 'it cannot be told what an id stands for',
  reads: [READ, PROFILES, 'bedrock:foundation-models', 'bedrock:provisioned-throughputs'],
  references: [
    {
      title: 'Set up a model invocation resource using inference profiles',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles.html',
    },
    {
      title: 'Create an application inference profile',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-create.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, ({models}, region) => {
      const {shares, stray} = byModel(context, models, region)
      return [...shares].map(([model, share]) => judgeShare(context, model, share, stray, region))
    }),
}

interface Share {
  readonly attributed: number
  readonly unattributed: number
  /** Of ids that may be either. */
  readonly unclear: number
  readonly ids: readonly string[]
  readonly missing: readonly Missing[]
}

const NOTHING: Share = {attributed: 0, unattributed: 0, unclear: 0, ids: [], missing: []}

/** What the Region's tokens went through, sorted by the model behind. */
interface Sorted {
  readonly shares: ReadonlyMap<string, Share>
  /** Of one's own profiles whose model is not known: they may stand beside those of any model. */
  readonly stray: Pick<Share, 'attributed' | 'missing'>
}

function byModel(context: AuditContext, models: readonly ModelMetrics[], region: string): Sorted {
  const shares = new Map<string, Share>()
  const stray = {attributed: 0, missing: [] as Missing[]}
  for (const metrics of models) {
    const tokens = tokensOf(metrics)
    if (tokens === 0) continue
    const id = metrics.modelId
    const behind = modelBehind(context, region, id)?.id
    const model = behind ?? id
    const known = shares.get(model) ?? NOTHING
    const way = wayOf(context, region, id)
    if (behind === undefined && mayBeProfile(context, region, id, way)) {
      stray.attributed += tokens
      stray.missing.push(...(way.missing.length > 0 ? way.missing : unseenProfile(context.snapshot, region, id)))
    }
    shares.set(model, {
      ...known,
      [way.kind]: known[way.kind] + tokens,
      ids: way.kind === 'unattributed' ? [...known.ids, id] : known.ids,
      missing: [...known.missing, ...way.missing],
    })
  }
  return {shares, stray}
}

/** An application profile that the snapshot does not hold, or an id that may be one. */
function mayBeProfile({snapshot}: AuditContext, region: string, id: string, {kind}: Way): boolean {
  if (kind === 'unclear') return true
  return id.includes(':application-inference-profile/') && findCallTarget(snapshot, region, id)?.kind !== 'own-model'
}

function unseenProfile(snapshot: AccountSnapshot, region: string, id: string): readonly Missing[] {
  const profiles = read(snapshot, PROFILES, region)
  return profiles.state === 'unread' && !isNowhere(profiles) ? [missingOf(profiles)] : [unknownId(id)]
}

function tokensOf({inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens}: ModelMetrics): number {
  return [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens].reduce<number>((sum, n) => sum + (n ?? 0), 0)
}

interface Way {
  readonly kind: 'attributed' | 'unattributed' | 'unclear'
  readonly missing: readonly Missing[]
}

/** Application profiles and models of one's own carry tags; ids of AWS carry none. */
function wayOf({snapshot, catalog}: AuditContext, region: string, id: string): Way {
  const bare = id.replace(/^arn:.*:(foundation-model|inference-profile)\//, '')
  if (catalog.model(bare) || catalog.profile(bare)) return {kind: 'unattributed', missing: []}
  const target = findCallTarget(snapshot, region, id)
  if (target?.kind === 'application-profile' || target?.kind === 'own-model') return {kind: 'attributed', missing: []}
  if (target !== undefined || bare !== id) return {kind: 'unattributed', missing: []}
  if (id.startsWith('arn:')) return {kind: 'attributed', missing: []}
  // A bare id of twelve characters may be one of a profile, or of a model that the catalogue does not know.
  if (/^[a-z0-9]+(\.[a-z0-9-]+)+/.test(id)) return {kind: 'unattributed', missing: []}
  return {kind: 'unclear', missing: unseenProfile(snapshot, region, id)}
}

function unknownId(id: string): Missing {
  return {action: 'bedrock:ListInferenceProfiles', code: 'UNKNOWN_ID', reason: `what ${id} stands for is not known`}
}

function judgeShare(
  context: AuditContext,
  model: string,
  {attributed, unattributed, unclear, ids, missing}: Share,
  stray: Sorted['stray'],
  region: string,
): Judged {
  const all = attributed + unattributed + unclear
  const limit = context.project.thresholds.unattributedShare
  // Tokens of profiles that lead nobody knows where may have been for this model.
  const beside = unattributed > 0 ? stray : NOTHING
  const isCertain = unattributed / (all + beside.attributed) > limit
  const isPossible = (unattributed + unclear) / all > limit
  const share = unattributed / all
  const through = ids.length > 0 ? ` (${ids.join(', ')})` : ''
  const text = `${percent(share)} of ${all.toLocaleString('en-US')} tokens went through ids of AWS${through}, which carry no tags`
  return judgeResource(
    {region, resource: {type: 'model', id: model}},
    {
      defects: isCertain ? [`${text}: more than ${percent(limit)}`] : [],
      gaps: isPossible ? [...missing, ...beside.missing] : [],
      fine: text,
      evidence: [{kind: 'observed', text, read: READ, region}],
      fix: {
        summary: 'Create a tagged application inference profile for each owner, and have callers name its ARN.',
        cli: [
          `aws bedrock create-inference-profile --region ${region} --inference-profile-name <NAME> --model-source copyFrom=<ARN OF MODEL OR PROFILE> --tags key=team,value=<TEAM>`,
        ],
        terraform: `resource "aws_bedrock_inference_profile" "team" {
  name = "team"

  model_source {
    copy_from = "<ARN OF MODEL OR PROFILE>"
  }

  tags = {
    team = "<TEAM>"
  }
}`,
      },
    },
  )
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}
