import type {CatalogBatch, CatalogModel} from '../../src/lib/catalog/catalog.schema.js'
import type {BatchFile} from './facts.js'
import {inOrder, sorted} from './table.js'

/** Documented quotas that differ from model to model, by id; what only third parties say is left out. */
const JOB_GIGABYTES = {'amazon.nova-pro-v1:0': 100}

/** Batch facts → the part of the catalog. A model that the catalog lacks, or that it says takes no batch, stops it. */
export function compileBatch({quotas, supportedModels}: BatchFile, models: readonly CatalogModel[]): CatalogBatch {
  const flags = new Map(models.map(({id, batch}) => [id, batch]))
  const contradicted = Object.keys(supportedModels).filter((id) => flags.get(id) !== true)
  if (contradicted.length > 0) throw new Error(`listed for batch, not in the models: ${contradicted.join(', ')}`)
  return {
    models: Object.entries(supportedModels)
      .map(([modelId, {customModel, inRegion, profile}]) => ({
        modelId,
        inRegion: sorted(inRegion),
        profileSources: sorted(profile),
        customModels: customModel === undefined ? null : sorted(customModel),
      }))
      .sort((left, right) => inOrder(left.modelId, right.modelId)),
    defaults: {
      minRecords: quotas.minRecords.default,
      recordsPerFile: quotas.recordsPerFile.default,
      recordsPerJob: quotas.recordsPerJob.default,
      fileGigabytes: quotas.fileSizeGB.default,
      jobGigabytes: quotas.jobSizeGB.default,
      jobGigabytesOf: JOB_GIGABYTES,
      openJobs: quotas.concurrentJobsPerModel.default,
    },
    asOf: '2026-10',
    sources: [
      'AWS user guide, supported Regions and models for batch inference (2026-10)',
      'AWS General Reference, Amazon Bedrock quotas (2026-10)',
    ],
    confidence: 'high',
  }
}
