import {IMAGE_FORMATS} from '../../../core/image-head.js'
import {countImage, type ImageLimits, judgeImage} from '../judge-image.js'
import {cacheItem, doubtful, s3Uri} from '../rules.js'
import {
  anything,
  type Check,
  checked,
  counted,
  later,
  list,
  type ObjectShape,
  object,
  plain,
  read,
  type Shape,
} from '../shape.js'
import type {Walk} from '../walk.js'

/** Formats by the model of the API (botocore 1.43). */
const DOCUMENTS = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']
const VIDEOS = ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp']
const AUDIOS = [
  ...['mp3', 'opus', 'wav', 'aac', 'flac', 'mp4', 'ogg', 'mkv', 'mka'],
  ...['x-aac', 'm4a', 'mpeg', 'mpga', 'pcm', 'webm'],
]

export interface BlockRules {
  readonly strict: boolean
  readonly images: ImageLimits
  /** Whether documents are blocks here. */
  readonly documents: boolean
}

const location = object({'uri!': s3Uri, bucketOwner: plain()})

/** Where media are: bytes as base64, or an object of S3; `more` names further ways. */
export function mediaSource(check?: Check, more: Readonly<Record<string, Shape>> = {}): ObjectShape {
  const members = {bytes: plain(), s3Location: location, ...more}
  return object(members, {exactlyOneOf: Object.keys(members), check})
}

/** Blocks of content as Converse has them, and Amazon Nova after it: each an object of exactly one member. */
export function contentBlocks(rules: BlockRules): Shape {
  const results = list(
    later(() => blocks),
    {least: 0},
  )
  const members: Readonly<Record<string, Shape>> = {
    text: read(),
    image: imageBlock(rules.images),
    video: object({'format!': plain({oneOf: VIDEOS}), 'source!': mediaSource()}),
    audio: object({'format!': plain({oneOf: AUDIOS}), 'source!': mediaSource()}),
    ...(rules.documents && {document: documentBlock}),
    toolUse: object({'toolUseId!': plain({least: 1}), 'name!': plain({least: 1}), 'input!': counted, type: anything}),
    toolResult: object({
      'toolUseId!': plain({least: 1}),
      'content!': results,
      status: plain({oneOf: ['success', 'error']}),
      type: anything,
    }),
    json: counted,
    reasoningContent: anything,
    guardContent: object({text: object({'text!': read(), qualifiers: anything}), image: anything}),
    citationsContent: counted,
    searchResult: counted,
    toolAddition: anything,
    toolRemoval: anything,
    cachePoint: anything,
  }
  const blocks = checked(object(members, {strict: rules.strict, exactlyOneOf: Object.keys(members)}), tellCachePoint)
  return blocks
}

/** A mark for the cache is a block of its own. */
function tellCachePoint(walk: Walk, node: number): void {
  if (walk.tape.size(node) === 1 && walk.tape.equals(walk.tape.first(node), 'cachePoint')) {
    cacheItem(walk, walk.holder, node)
  }
}

/** The system prompt as a list of blocks. */
export function systemBlocks(strict: boolean): Shape {
  const members = {
    text: read(),
    cachePoint: anything,
    guardContent: doubtful('GUARDRAIL_DOUBTFUL', 'Whether guardrails work in batch is not documented: try one record.'),
  }
  return list(checked(object(members, {strict, exactlyOneOf: Object.keys(members)}), tellCachePoint))
}

function imageBlock(limits: ImageLimits): Shape {
  return object(
    {'format!': plain({oneOf: IMAGE_FORMATS}), 'source!': mediaSource(), error: anything},
    {
      check: (walk, node) => {
        const {tape} = walk
        countImage(walk)
        const bytes = tape.member(tape.member(node, 'source'), 'bytes')
        const format = tape.member(node, 'format')
        if (bytes < 0 || !tape.isString(bytes)) return
        judgeImage(walk, bytes, format < 0 ? undefined : {node: format, prefix: ''}, limits)
      },
    },
  )
}

const documentBlock = object({
  'name!': plain({least: 1}),
  format: plain({oneOf: DOCUMENTS}),
  'source!': mediaSource(undefined, {text: read(), content: list(object({text: read()}))}),
  context: read({mayBeBlank: true}),
  citations: anything,
})
