import {z} from 'zod'

// What the values of all reads are made of. Enumerations of AWS are texts: a new word must not damage a snapshot.

export const text = z.string()
/** Null: AWS says that there is none. */
export const maybe = text.nullable()
export const texts = z.array(text)
export const flag = z.boolean().nullable()
export const quantity = z.number().nullable()
export const moment = z.iso.datetime()
export const maybeMoment = moment.nullable()
/** JSON text, verbatim; whether it is a policy that AWS would take is for the judge to say. */
export const policyText = text.describe('Policy document: JSON text, verbatim.')
export const tags = z.array(z.object({key: text, value: text}))

export const unreadStatus = z.enum(['denied', 'not-enabled', 'throttled', 'unreachable', 'failed', 'skipped'])

/** Why something was not read. */
export const unreadShape = {
  status: unreadStatus,
  action: text.describe('IAM action that was, or would have been, called.'),
  code: text.describe('ACCESS_DENIED, THROTTLED, REGION_NOT_ENABLED, UNREACHABLE, NOT_OFFERED, DEPENDENCY_UNREAD, ...'),
  reason: text,
}

/** A value that takes a call of its own, and may have been refused while the rest was read. */
export function part<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('status', [z.object({status: z.literal('read'), value}), z.object(unreadShape)])
}
