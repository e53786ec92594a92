import {open, stat} from 'node:fs/promises'
import {extname, resolve} from 'node:path'
import type {ImageFormat} from '../../core/image-head.js'
import {HEAD_BYTES, readImageHead} from '../../core/image-head.js'
import type {PromptImage} from '../bodies/prompt-input.js'

/** Above what any request may hold. */
const MOST_BYTES = 25_000_000

const BY_EXTENSION: Readonly<Record<string, ImageFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.gif': 'gif',
  '.webp': 'webp',
}

export type ImageReading = PromptImage | {readonly kind: 'fault'; readonly code: string; readonly text: string}

/** An image that a row names: a path, relative to `folder`, or an S3 URI. The format is that of the bytes. */
export async function readImage(name: string, folder: string, takesS3: boolean): Promise<ImageReading> {
  return name.startsWith('s3://') ? imageInS3(name, takesS3) : imageFile(resolve(folder, name))
}

function imageInS3(uri: string, takesS3: boolean): ImageReading {
  if (!takesS3) return fault('IMAGE_S3_NOT_TAKEN', 'The model takes no images by S3 URI: name a local file.')
  const format = BY_EXTENSION[extname(uri).toLowerCase()]
  if (!format) return fault('IMAGE_UNKNOWN', 'The S3 URI does not end in .png, .jpg, .gif or .webp: rename the object.')
  return {kind: 's3', format, uri}
}

async function imageFile(path: string): Promise<ImageReading> {
  try {
    // A pipe that nobody writes to could not even be opened.
    const facts = await stat(path)
    if (!facts.isFile()) return fault('IMAGE_UNREADABLE', 'The image is no regular file: name a file.')
    const handle = await open(path, 'r')
    try {
      if (facts.size > MOST_BYTES) {
        return fault('IMAGE_TOO_LARGE', 'The image is larger than any request may be: scale it down.')
      }
      const bytes = await handle.readFile()
      const head = readImageHead(bytes.subarray(0, HEAD_BYTES))
      if (!head) return fault('IMAGE_UNKNOWN', 'The file is no PNG, JPEG, GIF or WebP: convert it.')
      return {kind: 'bytes', format: head.format, base64: bytes.toString('base64')}
    } finally {
      await handle.close()
    }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = missing ? 'There is no such image file' : 'The image file cannot be read'
    return fault(missing ? 'IMAGE_MISSING' : 'IMAGE_UNREADABLE', `${why}: paths count from the folder of the input.`)
  }
}

function fault(code: string, text: string): ImageReading {
  return {kind: 'fault', code, text}
}
