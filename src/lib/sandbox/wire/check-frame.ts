import type {NormalizedSchema} from '@smithy/core/schema'
import {validate} from '../validate.js'
import {memberNames, membersOf} from './schema.js'

const PRELUDE = 12
const CHECKSUM = 4
const EVENT_TYPE = /:event-type.{3}([A-Za-z]+)/s

/** A stream that breaks its own model is our bug: throws where an event is not as its union has it. For tests. */
export function checkFrame(union: NormalizedSchema, frame: Buffer): void {
  const body = PRELUDE + frame.readUInt32BE(4)
  const name = EVENT_TYPE.exec(frame.toString('latin1', PRELUDE, body))?.[1] ?? ''
  if (!memberNames(union).includes(name)) throw new Error(`${union.getName()} has no event ${name}`)
  // Bedrock's padding is in no model.
  const {p: _, ...value} = JSON.parse(frame.toString('utf8', body, frame.length - CHECKSUM)) as {readonly p: string}
  const schema = union.getMemberSchema(name)
  const violations = validate(schema, withBytes(schema, value), {refuseUnknown: true})
  if (violations.length === 0) return
  throw new Error(`${name} broke its schema: ${violations.map(({path, problem}) => `${path}: ${problem}`).join('; ')}`)
}

function withBytes(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): object {
  const blobs = membersOf(schema).filter(([, member]) => member.isBlobSchema())
  const read = blobs.map(([name]) => [name, Buffer.from(String(value[name]), 'base64')])
  return {...value, ...Object.fromEntries(read)}
}
