import type {ImportedModel, ImportJob} from '../../src/lib/imports/ports.js'

export const IMPORT_REGION = 'us-east-1'
const ACCOUNT = '111122223333'

/** An import job that runs since noon, unless it says otherwise. */
export function importJob(over: Partial<ImportJob> = {}): ImportJob {
  const id = over.id ?? 'j0b123456789'
  return {
    arn: `arn:aws:bedrock:${IMPORT_REGION}:${ACCOUNT}:model-import-job/${id}`,
    id,
    region: IMPORT_REGION,
    name: 'tiny-0001',
    modelName: 'tiny',
    modelArn: null,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/BedrockImport`,
    s3Uri: 's3://models/tiny/',
    state: 'InProgress',
    message: null,
    createdAt: '2026-11-21T12:00:00.000Z',
    modifiedAt: null,
    endedAt: null,
    kmsKeyArn: null,
    ...over,
  }
}

/** A model that an import of today made, open to Converse. */
export function importedModel(over: Partial<ImportedModel> = {}): ImportedModel {
  const id = over.id ?? 'm0d123456789'
  return {
    arn: `arn:aws:bedrock:${IMPORT_REGION}:${ACCOUNT}:imported-model/${id}`,
    id,
    region: IMPORT_REGION,
    name: 'tiny',
    createdAt: '2026-11-21T12:10:00.000Z',
    architecture: 'llama',
    instructSupported: true,
    jobArn: importJob().arn,
    jobName: 'tiny-0001',
    s3Uri: 's3://models/tiny/',
    kmsKeyArn: null,
    unitsPerCopy: 2,
    unitsVersion: 'v1.0',
    ...over,
  }
}
