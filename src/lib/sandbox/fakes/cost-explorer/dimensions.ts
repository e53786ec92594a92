import type {Dimension} from '@aws-sdk/client-cost-explorer'
import type {BilledLine} from './billed-line.js'
import {invalid, notServed} from './refusals.js'

// What Cost Explorer groups by, as its own refusal lists it.
const GROUPABLE = [
  'AZ',
  'INSTANCE_TYPE',
  'LINKED_ACCOUNT',
  'OPERATION',
  'PURCHASE_TYPE',
  'SERVICE',
  'USAGE_TYPE',
  'PLATFORM',
  'TENANCY',
  'RECORD_TYPE',
  'LEGAL_ENTITY_NAME',
  'INVOICING_ENTITY',
  'DEPLOYMENT_OPTION',
  'DATABASE_ENGINE',
  'CACHE_ENGINE',
  'INSTANCE_TYPE_FAMILY',
  'REGION',
  'BILLING_ENTITY',
  'RESERVATION_ID',
  'SAVINGS_PLANS_TYPE',
  'SAVINGS_PLAN_ARN',
  'OPERATING_SYSTEM',
]

type Reader = (line: BilledLine) => string

const READERS: Partial<Readonly<Record<Dimension, Reader>>> = {
  BILLING_ENTITY: (line) => line.billingEntity,
  LINKED_ACCOUNT: (line) => line.account,
  OPERATION: (line) => line.operation,
  RECORD_TYPE: (line) => line.recordType,
  REGION: (line) => line.region,
  SERVICE: (line) => line.service,
  USAGE_TYPE: (line) => line.usageType,
}

// Of rules for cost categories and of subscriptions to anomalies; not of costs.
const ELSEWHERE: ReadonlySet<string> = new Set([
  'LINKED_ACCOUNT_NAME',
  'SERVICE_CODE',
  'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
  'ANOMALY_TOTAL_IMPACT_PERCENTAGE',
])

/** Reads a dimension that costs are filtered by. */
export function dimensionReader(key: string | undefined): Reader {
  if (key === undefined) throw invalid('Dimension key must not be empty.')
  if (ELSEWHERE.has(key)) throw invalid(`Dimension ${key} is not supported for this operation.`)
  const reader = READERS[key as Dimension]
  if (!reader) throw notServed(`values for the dimension ${key}`)
  return reader
}

/** Reads a dimension that costs are grouped by. */
export function groupReader(key: string): Reader {
  if (!GROUPABLE.includes(key)) {
    throw invalid(`Group Definition dimension is invalid. Valid values are ${GROUPABLE.join(', ')}`)
  }
  return dimensionReader(key)
}
