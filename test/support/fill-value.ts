import type {z} from 'zod'

interface Node {
  readonly def: {
    readonly type: string
    readonly innerType?: z.ZodType
    readonly element?: z.ZodType
    readonly shape?: Readonly<Record<string, z.ZodType>>
    readonly options?: readonly z.ZodType[]
    readonly values?: readonly unknown[]
    readonly entries?: Readonly<Record<string, unknown>>
  }
}

const MOMENT = '2026-11-01T00:00:00.000Z'

/**
 * Makes a whole value out of the members that a case is about: what is left out is null where it may be, else empty. A
 * part may be written as its value alone, or as `{"unread": "denied", "action": "kms:GetKeyPolicy"}`.
 */
export function fillValue(schema: z.ZodType, written: unknown): unknown {
  const {def} = schema as unknown as Node
  const fill = FILLERS[def.type]
  if (fill !== undefined) return fill(def, written)
  return written ?? (isMoment(schema) ? MOMENT : '')
}

type Filler = (def: Node['def'], written: unknown) => unknown

const FILLERS: Readonly<Record<string, Filler | undefined>> = {
  nullable: (def, written) => (written === undefined || written === null ? null : fillValue(innerOf(def), written)),
  optional: (def, written) => (written === undefined ? undefined : fillValue(innerOf(def), written)),
  array: (def, written) =>
    Array.isArray(written) ? written.map((one) => fillValue(elementOf(def), one)) : (written ?? []),
  object: (def, written) => fillObject(def.shape ?? {}, written),
  union: (def, written) => (isPart(def) ? fillPart(def, written) : written),
  record: (_, written) => written ?? {},
  enum: ({entries}, written) => written ?? Object.values(entries ?? {})[0],
  literal: ({values}, written) => written ?? values?.[0],
  boolean: (_, written) => written ?? false,
  number: (_, written) => written ?? 0,
}

/** The reason why something was not read, as a case writes it. */
export function unreadOf(written: unknown): object | undefined {
  if (typeof written !== 'object' || written === null || !('unread' in written)) return undefined
  const {
    unread,
    action = 'service:Action',
    code,
    reason,
  } = written as {
    readonly unread: string
    readonly action?: string
    readonly code?: string
    readonly reason?: string
  }
  const codes: Readonly<Record<string, string>> = {denied: 'ACCESS_DENIED', throttled: 'THROTTLED'}
  const ofStatus = codes[unread] ?? 'REGION_NOT_ENABLED'
  return {status: unread, action, code: code ?? ofStatus, reason: reason ?? `${action} is ${unread}`}
}

function fillObject(shape: Readonly<Record<string, z.ZodType>>, written: unknown): unknown {
  if (typeof written !== 'object' || written === null) {
    if (written !== undefined) return written
  }
  const members = (written ?? {}) as Readonly<Record<string, unknown>>
  const filled = Object.entries(shape).map(([key, schema]) => [key, fillValue(schema, members[key])] as const)
  const strange = Object.entries(members).filter(([key]) => !(key in shape))
  return Object.fromEntries([...filled.filter(([, value]) => value !== undefined), ...strange])
}

function fillPart(def: Node['def'], written: unknown): unknown {
  const unread = unreadOf(written)
  if (unread !== undefined) return unread
  const read = firstOption(def)?.def.shape?.['value']
  const isWhole = typeof written === 'object' && written !== null && 'status' in written && 'value' in written
  const value = isWhole ? (written as {value: unknown}).value : written
  return {status: 'read', value: read === undefined ? value : fillValue(read, value)}
}

function isPart(def: Node['def']): boolean {
  const shape = firstOption(def)?.def.shape
  return shape !== undefined && 'status' in shape && 'value' in shape
}

function firstOption({options}: Node['def']): Node | undefined {
  return options?.[0] as unknown as Node | undefined
}

function isMoment(schema: z.ZodType): boolean {
  return (schema as {format?: string | null}).format === 'datetime'
}

function innerOf({innerType}: Node['def']): z.ZodType {
  if (innerType === undefined) throw new Error('a wrapper without an inner type')
  return innerType
}

function elementOf({element}: Node['def']): z.ZodType {
  if (element === undefined) throw new Error('an array without an element')
  return element
}
