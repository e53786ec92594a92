import type {ReaderSource, Readers} from '../../account/ports/readers.js'
import type {Wire} from '../wire.js'

const SERVICES: Readonly<Record<string, (wire: Wire) => Promise<Readers>>> = {
  bedrock: async (wire) => {
    const [models, guardrails, capacity, jobs] = await Promise.all([
      import('./bedrock-models.js'),
      import('./bedrock-guardrails.js'),
      import('./bedrock-capacity.js'),
      import('./bedrock-jobs.js'),
    ])
    return {
      ...models.modelReaders(wire),
      ...guardrails.guardrailReaders(wire),
      ...capacity.capacityReaders(wire),
      ...jobs.jobReaders(wire),
    }
  },
  'bedrock-agent': async (wire) => {
    const [agents, bases, flows] = await Promise.all([
      import('./bedrock-agents.js'),
      import('./bedrock-knowledge-bases.js'),
      import('./bedrock-flows.js'),
    ])
    return {...agents.agentReaders(wire), ...bases.knowledgeBaseReaders(wire), ...flows.flowReaders(wire)}
  },
  'bedrock-agentcore': async (wire) => {
    const [control, tools] = await Promise.all([import('./agentcore.js'), import('./agentcore-tools.js')])
    return {...control.agentcoreReaders(wire), ...tools.agentcoreToolReaders(wire)}
  },
  ec2: async (wire) => {
    const [network, rules] = await Promise.all([import('./network.js'), import('./network-rules.js')])
    return {...network.networkReaders(wire), ...rules.networkRuleReaders(wire)}
  },
  route53: async (wire) => (await import('./hosted-zones.js')).hostedZoneReaders(wire),
  organizations: async (wire) => (await import('./organizations.js')).organizationReaders(wire),
  s3: async (wire) => (await import('./buckets.js')).bucketReaders(wire),
  logs: async (wire) => (await import('./logs.js')).logReaders(wire),
  kms: async (wire) => (await import('./keys.js')).keyReaders(wire),
  iam: async (wire) => {
    const [principals, credentials] = await Promise.all([import('./iam-principals.js'), import('./iam-credentials.js')])
    return {...principals.principalReaders(wire), ...credentials.credentialReaders(wire)}
  },
  cloudtrail: async (wire) => (await import('./trails.js')).trailReaders(wire),
  cloudwatch: async (wire) => (await import('./metrics.js')).metricReaders(wire),
  budgets: async (wire) => (await import('./budgets.js')).budgetReaders(wire),
  ce: async (wire) => (await import('./cost-explorer.js')).costReaders(wire),
  'service-quotas': async (wire) => (await import('./quotas.js')).quotaReaders(wire),
}

/** The readers of the account snapshot by service; a service nobody reads for has none. */
export function createReaderSource(wire: Wire): ReaderSource {
  const made = new Map<string, Promise<Readers>>()
  return {
    readersOf(service) {
      const readers = made.get(service) ?? SERVICES[service]?.(wire) ?? Promise.resolve({})
      made.set(service, readers)
      return readers
    },
  }
}
