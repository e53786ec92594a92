import type {Row} from '../row.js'
import {judgeUri} from './media-block.js'
import {tellFormat} from './tell-format.js'

/** `{"image-ref": "s3://…", "caption": "…"}`. */
export function judgeImageCaption(row: Row): void {
  const {tape, rules} = row
  const image = tape.member(tape.root, 'image-ref')
  const caption = tape.member(tape.root, 'caption')
  if (image < 0) {
    tellFormat(row)
    return
  }
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (!(tape.equals(key, 'image-ref') || tape.equals(key, 'caption'))) row.tellExtra(tape.root, key, '')
  }
  if (tape.isString(image)) {
    row.images = 1
    row.mixNode(image)
    judgeUri(row, image, 'image', 'image-ref')
  } else row.tellType('image-ref', 'text')
  row.markPrompt()
  row.hasHash = true
  if (caption < 0) row.tellMissing('caption')
  else if (!tape.isString(caption)) row.tellType('caption', 'text')
  else if (rules.caption?.least === 0 && tape.characters(caption) === 0) row.mixNode(caption)
  else if (row.read(caption, 'output', 'caption')) judgeLength(row, tape.characters(caption))
}

function judgeLength(row: Row, characters: number): void {
  const {caption} = row.rules
  if (caption === undefined || (characters >= caption.least && characters <= caption.most)) return
  row.tell('caption-length', 'caption', `A caption has ${caption.least} to ${caption.most} characters.`)
}
