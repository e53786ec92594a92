import {z} from 'zod'
import {isoDate} from '../../core/answer.schema.js'

/** A date, or days, hours or minutes before or after the sandbox starts, so that what is young or old stays so. */
export const moment = z.union([isoDate, z.string().regex(/^[+-]\d{1,5}[dhm]$/, 'a date, -30d, +12h or -90m')])

export const accountId = z.string().regex(/^\d{12}$/, 'twelve digits')

export const tags = z.record(z.string().min(1).max(128), z.string().max(256))

/** A policy as IAM takes it, not yet text. What is in it is for IAM, and for audits, to judge. */
export const policyDocument = z.looseObject({
  Version: z.string().optional(),
  Statement: z.union([z.looseObject({}), z.array(z.looseObject({}))]),
})

/** Audit checks that the resource is there to fail, in the scenario that is made for that. */
export const shows = z
  .array(z.string().regex(/^[A-Z]+-\d{2}$/))
  .min(1)
  .optional()
  .describe('Audit checks that this is there to fail.')

/** `vpc-` and 8 or 17 hexadecimal digits. */
export const ec2Id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), `${prefix}- and 8 or 17 hexadecimal digits`)

/** A part that is written in the shape of the API itself, members named as the AWS SDK names them. */
export const apiPart = z.record(z.string(), z.unknown())

/** An ARN; `${region}`, `${account}` and `${partition}` stand for those of the place. */
export const arn = z.string().startsWith('arn:')
