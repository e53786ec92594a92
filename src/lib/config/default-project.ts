import type {Project} from './project.schema.js'

/** What holds where nothing is declared: the defaults of the schema, without loading what reads a file by it. */
export const DEFAULT_PROJECT: Project = {
  version: 1,
  regions: [],
  network: {privateOnly: false},
  routing: {profileOnly: false},
  encryption: {customerKeys: true},
  apiKeys: {longTerm: 'allowed', maxAgeDays: 90},
  principals: {breakGlass: [], auditors: []},
  duties: [
    ['invoke', 'administer-guardrails'],
    ['invoke', 'administer-logging'],
    ['administer-logging', 'read-logs'],
    ['read-logs', 'administer-keys'],
  ],
  logging: {required: false, retentionDays: {}},
  guardrails: {pii: [], groundingThreshold: 0.75},
  thresholds: {
    unusedPermissionDays: 60,
    idleCapacityDays: 7,
    endOfLifeDays: 90,
    quotaShare: 0.9,
    quotaShareWarning: 0.75,
    throttledShare: 0.05,
    throttledShareWarning: 0.01,
    unattributedShare: 0.2,
  },
  workloads: [],
  features: [],
  customModels: [],
  placement: {},
  owners: {},
}
