import table from './constraints.json' with {type: 'json'}

// What the SDK's schemas leave out of the service models: patterns, lengths, ranges and enums, and the operations of a
// service of which only some schemas are loaded. scripts/extract-constraints.py writes the table.

/** What a value must satisfy. `min` and `max` bound a number, or the length of text, bytes, lists and maps. */
export interface Constraint {
  readonly min?: number
  readonly max?: number
  /** A JavaScript regular expression; the whole text must match. */
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly item?: Constraint
  readonly key?: Constraint
  readonly value?: Constraint
}

/** Structure → member → constraint. */
export type StructureConstraints = Readonly<Record<string, Readonly<Record<string, Constraint>>>>

interface ServiceConstraints {
  /** Operation → HTTP method and path as the model has them. */
  readonly operations: Readonly<Record<string, string>>
  readonly structures: StructureConstraints
}

const services: Readonly<Record<string, ServiceConstraints>> = table.services

export const constrainedServices: readonly string[] = Object.keys(services)

export function constraintsOf(service: string): StructureConstraints {
  return services[service]?.structures ?? {}
}

/** Operation → HTTP method and path; empty for a service that the table does not have. */
export function operationNames(service: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(services[service]?.operations ?? {}))
}
