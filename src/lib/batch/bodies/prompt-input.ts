import type {ImageFormat} from '../../core/image-head.js'

/** An image of a prompt: its bytes as base64, or where it lies. */
export type PromptImage =
  | {readonly kind: 'bytes'; readonly format: ImageFormat; readonly base64: string}
  | {readonly kind: 's3'; readonly format: ImageFormat; readonly uri: string}

/** What the body of one record is built from. */
export interface PromptInput {
  readonly prompt: string
  readonly system?: string | undefined
  readonly images?: readonly PromptImage[] | undefined
  readonly maxTokens?: number | undefined
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  readonly stop?: readonly string[] | undefined
  /** What an embedding is for, in the words of the family. */
  readonly inputType?: string | undefined
  readonly dimensions?: number | undefined
}

/** `image/png`. */
export function mediaType(format: ImageFormat): string {
  return `image/${format}`
}

/** `data:image/png;base64,…`; undefined for an image that lies in S3. */
export function dataUrl(image: PromptImage): string | undefined {
  return image.kind === 'bytes' ? `data:${mediaType(image.format)};base64,${image.base64}` : undefined
}

/** Members that have a value. */
export function defined(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
