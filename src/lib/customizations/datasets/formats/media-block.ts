import type {Medium} from '../dataset-rules.js'
import type {Row} from '../row.js'

const URI = /^s3:\/\/([a-z0-9][-.a-z0-9]{1,61}[a-z0-9])\/([\w\-/.]+)$/
/** Scheme, bucket and a key of 1,024 bytes. */
const MOST_URI = 1100
const WORDS: Readonly<Record<Medium, string>> = {image: 'images', video: 'videos', document: 'documents'}
/** https://docs.aws.amazon.com/nova/latest/userguide/fine-tune-prepare-data-understanding.html */
const MOST_IMAGES = 10

/** Judges an image, video or document of a Converse row. */
export function judgeMedium(row: Row, node: number, kind: Medium, role: string, path: string): void {
  const {tape, rules} = row
  row.mixNode(node)
  if (kind === 'image') row.images += 1
  else if (kind === 'video') row.videos += 1
  else row.documents += 1
  if (!rules.media.includes(kind)) {
    row.tell('media-model', path, `The base takes no ${WORDS[kind]} in this customization.`)
    return
  }
  if (role === 'assistant') row.tell('media-role', path, 'An answer holds text alone.')
  if (!tape.isObject(node)) {
    row.tellType(path, 'an object')
    return
  }
  judgeFormat(row, tape.member(node, 'format'), kind, `${path}.format`)
  const source = tape.member(node, 'source')
  const location = source < 0 ? -1 : tape.member(source, 's3Location')
  const uri = location < 0 ? -1 : tape.member(location, 'uri')
  if (uri >= 0 && tape.isString(uri)) judgeUri(row, uri, kind, `${path}.source.s3Location.uri`)
  else row.tell('media-uri', `${path}.source`, 'The source must be {"s3Location": {"uri": "s3://…"}}.')
}

/** How many media a row may hold, and which beside each other. */
export function judgeMediaCounts(row: Row): void {
  const {documents, images, videos} = row
  const tell = (text: string): void => row.tell('media-count', undefined, text)
  if (images > MOST_IMAGES) tell(`A row holds at most ${MOST_IMAGES} images.`)
  if (videos > 1) tell('A row holds at most one video.')
  if (documents > 1) tell('A row holds at most one document.')
  if (videos > 0 && images + documents > 0) tell('Beside a video there is no image and no document in a row.')
}

/** Judges where a medium lies, and notes it. */
export function judgeUri(row: Row, node: number, kind: Medium, path: string): void {
  // What is longer than any key is not kept in mind.
  const text = row.tape.characters(node) > MOST_URI ? '' : row.tape.text(node)
  const found = URI.exec(text)
  if (found === null) {
    row.tell('media-uri', path, 'The URI must be s3://bucket/key, with A-Z a-z 0-9 _ - / . in the key.')
    return
  }
  const {bucket} = row.rules
  if (bucket !== undefined && found[1] !== bucket) {
    row.tell('media-uri', path, 'The medium lies in another bucket than the data set.')
    return
  }
  row.media.push({kind, uri: text})
}

function judgeFormat(row: Row, node: number, kind: Medium, path: string): void {
  const {tape, rules} = row
  const known = rules.formats[kind]
  if (node < 0) row.tellMissing(path)
  else if (!tape.isString(node)) row.tellType(path, 'text')
  else {
    const format = tape.text(node)
    if (known.includes(format)) return
    const meant = known.find((one) => one === format.toLowerCase().replace(/^jpg$/, 'jpeg'))
    const edits = meant && [{start: tape.start(node), end: tape.end(node), text: `"${meant}"`}]
    row.tell('media-format', path, `The format must be one of ${known.join(', ')}.`, {edits: edits || undefined})
  }
}
