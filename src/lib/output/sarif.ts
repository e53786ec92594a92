import {toJson} from './json.js'

/** SARIF's own words; `none` is for results that are no problem. */
type SarifLevel = 'error' | 'warning' | 'note' | 'none'

/** Whether a result is a problem; only those that fail have a level. */
type SarifKind = 'fail' | 'open' | 'pass' | 'notApplicable' | 'informational'

interface SarifRule {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly level: SarifLevel
  readonly helpUri?: string | undefined
  /** What it is about at length, for the page of the rule. */
  readonly help?: {readonly text: string; readonly markdown: string} | undefined
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

export interface SarifFinding {
  readonly ruleId: string
  readonly level: SarifLevel
  readonly message: string
  /** Path relative to the scanned folder, with forward slashes; absent for what is in no file. */
  readonly file?: string | undefined
  /** Line and column count from 1. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  /** What to do about it. */
  readonly help?: string | undefined
  /** Absent for `fail`. */
  readonly kind?: SarifKind | undefined
  /** What is in no file: a resource of an account. */
  readonly resource?: {readonly name: string; readonly fullName: string; readonly kind: string} | undefined
  /** The same for the same problem, run after run. */
  readonly fingerprint?: string | undefined
  /** Why somebody accepts it. */
  readonly accepted?: string | undefined
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

/** What a run was about; all of it is optional. */
export interface SarifRun {
  readonly simulated: boolean
  /** Which of several runs it is, such as `bedrockctl-audit/111122223333`. */
  readonly id?: string | undefined
  /** ISO 8601, in UTC. */
  readonly at?: string | undefined
  /** What could not be read. */
  readonly problems?: readonly string[] | undefined
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

export interface SarifTool {
  readonly name: string
  readonly version: string
  readonly rules: readonly SarifRule[]
}

/** A SARIF 2.1.0 log of one run, as code-scanning services read it. */
export function renderSarif(findings: readonly SarifFinding[], tool: SarifTool, run: SarifRun): string {
  const indexOf = new Map(tool.rules.map((rule, index) => [rule.id, index]))
  return toJson(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {driver: {name: tool.name, version: tool.version, rules: tool.rules.map(toRule)}},
          ...(run.id === undefined ? {} : {automationDetails: {id: run.id}}),
          ...toInvocations(run),
          columnKind: 'utf16CodeUnits',
          results: findings.map((finding) => toResult(finding, indexOf)),
          ...toProperties(run),
        },
      ],
    },
    2,
  )
}

function toInvocations({at, problems = []}: SarifRun) {
  if (at === undefined) return {}
  const notifications = problems.map((text) => ({level: 'warning', message: {text: unlinked(text)}}))
  const told = notifications.length === 0 ? {} : {toolExecutionNotifications: notifications}
  return {invocations: [{executionSuccessful: true, startTimeUtc: at, ...told}]}
}

function toProperties({simulated, properties}: SarifRun) {
  if (!simulated && properties === undefined) return {}
  return {properties: {...properties, ...(simulated ? {simulated: true} : {})}}
}

function toRule({id, name, summary, level, helpUri, help, properties}: SarifRule) {
  return {
    id,
    name,
    shortDescription: {text: summary},
    defaultConfiguration: {level},
    ...(helpUri === undefined ? {} : {helpUri}),
    ...(help === undefined ? {} : {help}),
    ...(properties === undefined ? {} : {properties}),
  }
}

function toResult(finding: SarifFinding, indexOf: ReadonlyMap<string, number>) {
  const {kind, fingerprint, accepted, properties} = finding
  const ruleIndex = indexOf.get(finding.ruleId)
  const text = finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`
  const locations = toLocations(finding)
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : {ruleIndex}),
    ...(kind === undefined ? {} : {kind}),
    level: finding.level,
    message: {text: unlinked(text)},
    ...(locations.length === 0 ? {} : {locations}),
    ...(fingerprint === undefined ? {} : {partialFingerprints: {'bedrockctl/v1': fingerprint}}),
    ...(accepted === undefined
      ? {}
      : {suppressions: [{kind: 'external', status: 'accepted', justification: accepted}]}),
    ...(properties === undefined ? {} : {properties}),
  }
}

/** SARIF reads `[text](target)` as a link, also in plain text: names from outside make none. */
function unlinked(text: string): string {
  return text.replaceAll('](', '] (')
}

function toLocations(finding: SarifFinding): readonly object[] {
  const {file, resource} = finding
  return [
    ...(file === undefined ? [] : [toLocation(file, finding)]),
    ...(resource === undefined
      ? []
      : [{logicalLocations: [{name: resource.name, fullyQualifiedName: resource.fullName, kind: resource.kind}]}]),
  ]
}

function toLocation(file: string, {line, column}: SarifFinding) {
  // An artifact's URI is a reference: spaces and the like are escaped, slashes are not.
  const uri = file.split('/').map(encodeURIComponent).join('/')
  const region = {
    ...(line === undefined ? {} : {startLine: line}),
    ...(line === undefined || column === undefined ? {} : {startColumn: column}),
  }
  return {physicalLocation: {artifactLocation: {uri}, ...(line === undefined ? {} : {region})}}
}
