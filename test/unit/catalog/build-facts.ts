/** Facts in the format of scripts/catalog/facts.ts of which nothing is known but what a test names. */
export function modelFact(fields: Readonly<Record<string, unknown>>) {
  return {
    name: null,
    provider: 'Amazon',
    inputModalities: null,
    outputModalities: null,
    contextTokens: null,
    maxOutputTokens: null,
    streaming: null,
    tools: null,
    toolsSource: null,
    promptCaching: null,
    batch: null,
    fineTuning: [],
    fineTuningRegions: [],
    provisionedThroughput: [],
    contextVariants: [],
    lifecycle: {
      status: 'ACTIVE',
      statusAtSource: null,
      legacyDate: null,
      eolDate: null,
      publicExtendedAccessDate: null,
      launchDate: null,
      eolNoSoonerThan: null,
      lastListed: null,
      source: null,
    },
    endpoints: null,
    apis: null,
    serviceTiers: null,
    aliasOf: null,
    onDemandRegions: [],
    mantleRegions: [],
    profiles: [],
    sources: ['test'],
    asOf: '2026-08-22',
    confidence: 'high',
    docsAvailability: null,
    govCloudRegions: [],
    ...fields,
  }
}

/** Batch facts of models that take it everywhere; the quotas are what a test reads back. */
export function batchFacts(supportedModels: Readonly<Record<string, object>>) {
  const quotas = {
    minRecords: {default: 100},
    recordsPerFile: {default: 1000},
    recordsPerJob: {default: 2000},
    fileSizeGB: {default: 1},
    jobSizeGB: {default: 5},
    concurrentJobsPerModel: {default: 7},
  }
  return {supportedModels, quotas}
}

export function profileFact(fields: Readonly<Record<string, unknown>>) {
  return {kind: 'geo', geography: 'EU', destinationRegions: null, sources: ['test'], ...fields}
}

export function priceFact(fields: Readonly<Record<string, unknown>>) {
  return {
    tier: 'standard',
    inputPerMTok: null,
    outputPerMTok: null,
    cacheReadPerMTok: null,
    cacheWritePerMTok: null,
    currency: 'USD',
    source: 'test',
    asOf: '2026-08-20',
    confidence: 'medium',
    ...fields,
  }
}

export function regionFact(region: string) {
  return {
    region,
    displayName: region,
    botocoreName: region,
    geography: 'Somewhere',
    partition: 'aws',
    optIn: null,
    endpoints: {bedrock: true, 'bedrock-mantle': false},
    botocoreBedrock: true,
    profilePrefixesSeen: [],
    inDemandModelCount: 0,
    sources: ['test'],
    asOf: '2026-08-20',
    confidence: 'high',
  }
}

export function featureFact(feature: string, regions: readonly string[]) {
  return {feature, regions, notIn: [], unknown: [], asOf: '2026-01-25', source: 'test', confidence: 'medium'}
}
