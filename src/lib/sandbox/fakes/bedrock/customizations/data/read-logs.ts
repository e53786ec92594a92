import {gunzipSync} from 'node:zlib'
import type {InvocationLogsConfig} from '@aws-sdk/client-bedrock'
import {isTree} from '../../../../../core/is-tree.js'
import type {ObjectStore} from '../../../../world/objects/object-store.js'
import type {StoredObject} from '../../../../world/objects/stored-object.js'
import {countText} from '../../../bedrock-runtime/count-text.js'
import type {Body} from '../../answers/family.js'
import {folderOf, parseS3Uri} from '../../batch/s3-address.js'
import type {DataCount} from './read-data.js'

/** Files of an invocation log below an address: large bodies lie apart, and are no records. */
export function logFiles(uri: string, objects: ObjectStore): readonly StoredObject[] {
  const address = parseS3Uri(uri)
  const all = [...objects.list(address.bucket, folderOf(address))]
  return all.filter(({key}) => key.endsWith('.gz') && !key.includes('/data/'))
}

/** Records of a log that can be learnt from. With its answers, only those of the teacher count. */
export async function readLogs(
  files: readonly StoredObject[],
  config: InvocationLogsConfig,
  teacher: string | undefined,
): Promise<DataCount> {
  let records = 0
  let tokens = 0
  for (const file of files) {
    for (const row of await rowsOf(file)) {
      if (!usable(row, config, teacher)) continue
      records += 1
      tokens += countText(JSON.stringify(row['input']))
    }
  }
  return {records, tokens}
}

function usable(
  row: Body,
  {usePromptResponse, requestMetadataFilters}: InvocationLogsConfig,
  teacher?: string,
): boolean {
  const {modelId, errorCode, input, output, requestMetadata, schemaType} = row
  if (schemaType !== 'ModelInvocationLog' || errorCode !== undefined || !isTree(input)) return false
  if (usePromptResponse === true && !(isTree(output) && sameModel(modelId, teacher))) return false
  return passes(isTree(requestMetadata) ? requestMetadata : {}, requestMetadataFilters)
}

async function rowsOf({content}: StoredObject): Promise<readonly Body[]> {
  const chunks: Buffer[] = []
  for await (const chunk of content.read()) chunks.push(chunk)
  try {
    const lines = gunzipSync(Buffer.concat(chunks)).toString().split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Body)
  } catch {
    return []
  }
}

const sameModel = (modelId: unknown, teacher: string | undefined): boolean =>
  typeof modelId === 'string' && teacher !== undefined && (modelId === teacher || modelId.endsWith(`/${teacher}`))

type Filters = InvocationLogsConfig['requestMetadataFilters']
type Plain = {readonly equals?: Record<string, string>; readonly notEquals?: Record<string, string>}

function passes(metadata: Body, filters: Filters): boolean {
  if (filters === undefined) return true
  if (filters.andAll) return filters.andAll.every((one) => fits(metadata, one as Plain))
  if (filters.orAll) return filters.orAll.some((one) => fits(metadata, one as Plain))
  return fits(metadata, filters as Plain)
}

function fits(metadata: Body, {equals = {}, notEquals = {}}: Plain): boolean {
  return (
    Object.entries(equals).every(([key, value]) => metadata[key] === value) &&
    Object.entries(notEquals).every(([key, value]) => metadata[key] !== value)
  )
}
