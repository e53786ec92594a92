import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const doctorCheckSchema = z.object({
  id: z
    .string()
    .describe('Stable: node, version, catalog, credentials, region:eu-central-1, endpoint:sts:us-east-1, …'),
  title: z.string(),
  status: z.enum(['ok', 'warn', 'fail', 'unknown']),
  detail: z.string(),
  hint: z.string().nullable().describe('One next step; null when there is nothing to do.'),
})
export type DoctorCheck = Immutable<z.infer<typeof doctorCheckSchema>>

const permissionSchema = z.object({
  action: z.string(),
  state: z
    .enum(['allowed', 'denied', 'unknown', 'not-probed'])
    .describe('not-probed: it would change things, or no cheap call shows it.'),
  reason: z.string().nullable(),
})
export type Permission = Immutable<z.infer<typeof permissionSchema>>

const commandPermissionsSchema = z.object({
  command: z.string(),
  missing: z.array(z.string()).describe('Denied actions.'),
  unknown: z.array(z.string()),
  notProbed: z
    .array(z.string())
    .describe('Actions that would change things or that no cheap call shows: nobody tried them.'),
})
export type CommandPermissions = Immutable<z.infer<typeof commandPermissionsSchema>>

export const doctorSchema = z.object({
  ...answerShape,
  offline: z.boolean(),
  regions: z.array(regionName),
  checks: z.array(doctorCheckSchema),
  permissionRegion: regionName.nullable().describe('Where permissions were probed; null when they were not.'),
  permissions: z.array(permissionSchema),
  commands: z.array(commandPermissionsSchema).describe('Commands that need permissions, and what each would miss.'),
  requests: z.int().describe('HTTP requests sent to AWS.'),
  gate: gateSchema.describe('Fails when a check failed: exit 3, or 4 when it was the credentials.'),
})
export type DoctorResult = Immutable<z.infer<typeof doctorSchema>>
