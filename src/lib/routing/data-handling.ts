import type {CallPlace, RouteTarget} from './route-target.js'
import type {TracedFact} from './routes-trace.schema.js'

const GUIDE = 'Bedrock User Guide'
const CROSS = {source: `${GUIDE}, cross-region-inference`, asOf: '2026'}
const GEO = {source: `${GUIDE}, geographic-cross-region-inference`, asOf: '2026-10'}
const GLOBAL = {source: `${GUIDE}, global-cross-region-inference`, asOf: '2026-10'}
const TRAIL = {source: `${GUIDE}, logging-using-cloudtrail`, asOf: '2026-10'}
const MANTLE_TRAIL = {source: `${GUIDE}, logging-cloudtrail-mantle`, asOf: '2026'}
const LOGGING = {source: `${GUIDE}, model-invocation-logging`, asOf: '2026-10'}
const MANTLE = {source: `${GUIDE}, bedrock-mantle`, asOf: '2026'}

/** Where the data of a call rests and what of it is written down where. */
export function dataHandling(
  target: RouteTarget,
  {region}: CallPlace,
  minimumDataRetention: string | null,
): readonly TracedFact[] {
  const crosses = target.kind === 'geo' || target.kind === 'global'
  return [
    fact('at-rest', `What is kept is kept in ${region}, the Region called.`, region, crosses ? GEO : CROSS, !crosses),
    ...(crosses ? crossRegionFacts() : []),
    ...retentionFacts(target, region, minimumDataRetention),
    ...(target.kind === 'mantle' ? mantleRecords(region) : runtimeRecords(region, crosses)),
  ]
}

function crossRegionFacts(): readonly TracedFact[] {
  return [fact('in-transit', 'Between Regions the request travels encrypted on the AWS network.', null, CROSS)]
}

function retentionFacts({kind}: RouteTarget, region: string, minimum: string | null): readonly TracedFact[] {
  const where =
    kind === 'geo' || kind === 'global' ? 'in the Region that processed it, not in the Region called' : `in ${region}`
  const facts = [
    fact(
      'retention',
      `Where a model needs retention for abuse detection, AWS keeps the traffic ${where}.`,
      kind === 'geo' || kind === 'global' ? null : region,
      {source: `${GUIDE}, abuse-detection; geographic-cross-region-inference`, asOf: '2026'},
      kind === 'in-region' || kind === 'mantle',
    ),
  ]
  if (minimum !== null && minimum !== 'none') {
    facts.push(
      fact('retention', `This model answers only with the data-retention mode ${minimum} or above.`, region, {
        source: `${GUIDE}, data-retention`,
        asOf: '2026-10',
      }),
    )
  }
  if (kind === 'geo' || kind === 'global') {
    facts.push(
      fact(
        'retention',
        'A stored response of the Responses API is kept in the Region that processed it.',
        null,
        MANTLE,
      ),
    )
  }
  return facts
}

function runtimeRecords(region: string, crosses: boolean): readonly TracedFact[] {
  const inferenceRegion = crosses
    ? '; additionalEventData.inferenceRegion names the Region that processed the request'
    : ''
  return [
    fact(
      'cloudtrail',
      `InvokeModel and Converse are management events of bedrock.amazonaws.com in ${region}${inferenceRegion}.`,
      region,
      TRAIL,
    ),
    fact(
      'invocation-logging',
      `Prompts and completions are logged only where invocation logging is configured: per account, in ${region}, to the same account and Region. Batch is not covered.`,
      region,
      LOGGING,
    ),
    fact('metrics', `Namespace AWS/Bedrock in ${region}; the dimension ModelId holds the id that was called.`, region, {
      source: `${GUIDE}, monitoring-runtime-metrics`,
      asOf: '2026-10',
    }),
  ]
}

function mantleRecords(region: string): readonly TracedFact[] {
  return [
    fact(
      'cloudtrail',
      `Inference is a data event of bedrock-mantle.amazonaws.com in ${region}: recorded only by a trail that selects it.`,
      region,
      MANTLE_TRAIL,
    ),
    fact('invocation-logging', 'bedrock-mantle is never covered by model invocation logging.', region, LOGGING),
    fact('metrics', `Namespace AWS/BedrockMantle in ${region}, without latency and server errors.`, region, {
      source: `${GUIDE}, monitoring-mantle-metrics`,
      asOf: '2026-10',
    }),
  ]
}

/** What service control policies and endpoint policies must leave alone for the route to work. */
export function mustNotBeDenied(target: RouteTarget, {region}: CallPlace): readonly TracedFact[] {
  return [...controlPolicies(target, region), endpointPolicy(target, region), ...firstUse(target)]
}

function controlPolicies({kind, destinations}: RouteTarget, region: string): readonly TracedFact[] {
  switch (kind) {
    case 'in-region':
      return [fact('scp', `Nothing may deny bedrock:InvokeModel* in ${region}.`, region, GEO, true)]
    case 'mantle':
      return [
        fact(
          'scp',
          `Nothing may deny bedrock-mantle:CreateInference in ${region}; a deny on bedrock:InvokeModel* does not touch it.`,
          region,
          {
            source: 'Service Authorization Reference, bedrock-mantle',
            asOf: '2026-09-26',
          },
        ),
      ]
    case 'geo': {
      const where =
        destinations === null
          ? 'any destination, and those are not known'
          : [...new Set([region, ...destinations])].join(', ')
      return [
        fact(
          'scp',
          `Nothing may deny bedrock:InvokeModel* in ${where}: one denied Region fails every call through the profile.`,
          null,
          GEO,
        ),
      ]
    }
    case 'global':
      return [
        fact(
          'scp',
          `A Region deny must admit aws:RequestedRegion = unspecified besides ${region}; a list of Regions alone blocks every call through the profile.`,
          null,
          GLOBAL,
        ),
      ]
  }
}

function endpointPolicy({kind}: RouteTarget, region: string): TracedFact {
  const behind = {
    'in-region': 'this resource',
    mantle: 'bedrock-mantle:CreateInference on the project',
    geo: 'the profile and the model in every destination',
    global: 'the profile, the model here and the model ARN without a Region',
  }[kind]
  return fact(
    'endpoint-policy',
    `The policy of an interface endpoint in ${region} must allow ${behind}; endpoints in destination Regions are not needed.`,
    region,
    {source: `${GUIDE}, vpc-interface-endpoints`, asOf: '2026-10'},
    true,
  )
}

function firstUse({kind, resource}: RouteTarget): readonly TracedFact[] {
  if (kind === 'mantle' || resource === 'imported-model') return []
  return [
    fact(
      'first-use',
      'When the model is sold through AWS Marketplace, the first call of the account needs aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions.',
      null,
      {source: `${GUIDE}, model-access`, asOf: '2026-10'},
    ),
  ]
}

function fact(
  topic: TracedFact['topic'],
  statement: string,
  region: string | null,
  {source, asOf}: {readonly source: string; readonly asOf: string},
  derived = false,
): TracedFact {
  return {topic, statement, region, derived, source, asOf}
}
