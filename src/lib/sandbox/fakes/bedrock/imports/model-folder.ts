import {isTree} from '../../../../core/is-tree.js'
import type {StoredObject} from '../../../world/objects/stored-object.js'
import type {World} from '../../../world.js'
import {folderOf, parseS3Uri} from '../batch/s3-address.js'
import {bytesOf} from './safetensors-header.js'

/** The files that an import looks at: those that lie in the folder itself. */
export interface ModelFolder {
  readonly files: ReadonlyMap<string, StoredObject>
  /** Address of a file of it, there or not. */
  uri(name: string): string
}

export function modelFolder(s3Uri: string, {objects}: World): ModelFolder {
  const address = parseS3Uri(s3Uri)
  const prefix = folderOf(address)
  const listed = objects.bucket(address.bucket) ? [...objects.list(address.bucket, prefix)] : []
  const inside = listed.map((object) => [object.key.slice(prefix.length), object] as const)
  return {
    files: new Map(inside.filter(([name]) => name !== '' && !name.includes('/'))),
    uri: (name) => `s3://${address.bucket}/${prefix}${name}`,
  }
}

type Members = Readonly<Record<string, unknown>>

// What is larger is no JSON file of a model.
const LARGEST_JSON = 64 * 1024 * 1024

/** The members of a JSON file; `undefined`: it is not there, or no JSON object. */
export async function readJson(name: string, {files}: ModelFolder): Promise<Members | undefined> {
  try {
    const text = await readText(name, {files})
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return isTree(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Throws where it is not UTF-8. */
export async function readText(name: string, {files}: Pick<ModelFolder, 'files'>): Promise<string | undefined> {
  const content = files.get(name)?.content
  if (!content || content.bytes > LARGEST_JSON) return undefined
  return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(await bytesOf(content))
}
