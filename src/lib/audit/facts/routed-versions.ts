import {type Reading, readPart} from '../../account/read.js'
import type {Part, PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'

export type Agent = ReadItem<'bedrock-agent:agents'>
export type AgentConfiguration = PartValue<Agent['draft']>
export type Flow = ReadItem<'bedrock-agent:flows'>
export type FlowDetail = PartValue<Flow['draft']>

/** The alias that every agent and flow has for tests: it leads to the working draft. */
export const TEST_ALIAS = 'TSTALIASID'
export const DRAFT = 'DRAFT'

/** A version that callers reach through an alias. */
export interface Route<Detail> {
  readonly alias: {readonly id: string; readonly name: string}
  /** Null when the alias names none. */
  readonly version: string | null
  readonly detail: Reading<Detail>
}

export interface Routes<Detail> {
  readonly routes: readonly Route<Detail>[]
  /** Why routes are missing; empty when the aliases were read. */
  readonly gaps: readonly Missing[]
}

/** Where the aliases of an agent lead. */
export function agentRoutes({aliases, draft, versions}: Agent): Routes<AgentConfiguration> {
  const reading = readPart(aliases)
  if (reading.state === 'unread') return {routes: [], gaps: [missingOf(reading)]}
  const find = versionFinder(draft, versions, 'bedrock:ListAgentVersions')
  const routes = reading.value.flatMap(({id, name, routes: to}) =>
    to.map(({version}) => ({alias: {id, name}, version, detail: find(version)})),
  )
  return {routes, gaps: []}
}

/** Where the aliases of a flow lead. */
export function flowRoutes({aliases, draft, versions}: Flow): Routes<FlowDetail> {
  const reading = readPart(aliases)
  if (reading.state === 'unread') return {routes: [], gaps: [missingOf(reading)]}
  const find = versionFinder(draft, versions, 'bedrock:ListFlowVersions')
  const routes = reading.value.flatMap(({id, name, routes: to}) =>
    to.map((version) => ({alias: {id, name}, version, detail: find(version)})),
  )
  return {routes, gaps: []}
}

type Versions<Detail> = Part<readonly {readonly version: string; readonly detail: Part<Detail>}[]>

function versionFinder<Detail>(
  draft: Part<Detail>,
  versions: Versions<Detail>,
  action: string,
): (version: string | null) => Reading<Detail> {
  return (version) => {
    if (version === DRAFT) return readPart(draft)
    const listed = readPart(versions)
    if (listed.state === 'unread') return listed
    const found = listed.value.find((one) => one.version === version)
    if (found !== undefined) return readPart(found.detail)
    const reason = version === null ? 'an alias names no version' : `version ${version} is routed but not listed`
    return {state: 'unread', status: 'failed', action, code: 'ABSENT', reason}
  }
}
