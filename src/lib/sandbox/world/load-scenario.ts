import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import type {ZodType} from 'zod'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {packageRoot} from '../../core/package-root.js'
import type {Scenario} from './scenario.schema.js'
import type {ScenarioTraffic} from './traffic.schema.js'

export interface NamedScenario {
  readonly name: string
  readonly scenario: Scenario
}

function folder(): string {
  return join(packageRoot(), 'data', 'sandbox', 'scenarios')
}

/** The scenarios that ship with the package, `demo` first, then by name. */
export async function listScenarios(): Promise<readonly NamedScenario[]> {
  const names = (await readdir(folder()))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
  names.sort((a, b) => Number(b === 'demo') - Number(a === 'demo') || a.localeCompare(b))
  return Promise.all(names.map(async (name) => ({name, scenario: await readBundled(name)})))
}

/** A bundled scenario by name, or one's own by the path of its JSON file. */
export async function loadScenario(nameOrPath: string): Promise<NamedScenario> {
  if (isPath(nameOrPath)) {
    return {name: basename(nameOrPath, '.json'), scenario: await readOwn(nameOrPath)}
  }
  const names = (await listScenarios()).map(({name}) => name)
  if (!names.includes(nameOrPath)) {
    throw usageError('UNKNOWN_SCENARIO', `There is no scenario called "${nameOrPath}".`, {
      why: didYouMean(nameOrPath, names) ?? `There are ${names.join(', ')}.`,
      hint: 'Give a name from the list, or the path of a JSON file.',
      actions: ['bedrockctl sandbox scenarios'],
    })
  }
  return {name: nameOrPath, scenario: await readBundled(nameOrPath)}
}

const isPath = (nameOrPath: string): boolean => /[\\/]|\.json$/.test(nameOrPath)

// Our own files are checked against the schema by a test; checking them at every start would cost 50 ms.
async function readBundled(name: string): Promise<Scenario> {
  return JSON.parse(await readFile(join(folder(), `${name}.json`), 'utf8')) as Scenario
}

async function readOwn(path: string): Promise<Scenario> {
  const [{scenarioSchema}, content] = await Promise.all([import('./scenario.schema.js'), readJson(path)])
  return fitting(path, content, scenarioSchema)
}

/** `none`; the traffic of a bundled scenario; or a file of one's own that has nothing else. */
export async function loadTraffic(choice: string): Promise<ScenarioTraffic | undefined> {
  if (choice === 'none') return undefined
  if (isPath(choice)) {
    const [{trafficSchema}, content] = await Promise.all([import('./traffic.schema.js'), readJson(choice)])
    return fitting(choice, content, trafficSchema)
  }
  const withTraffic = (await listScenarios()).filter(({scenario}) => scenario.traffic)
  const found = withTraffic.find(({name}) => name === choice)
  if (found) return found.scenario.traffic
  throw usageError('UNKNOWN_TRAFFIC', `There is no traffic called "${choice}".`, {
    why: `There is ${['none', ...withTraffic.map(({name}) => name)].join(', ')}.`,
    hint: 'Give one of these, or the path of a JSON file.',
  })
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw usageError('SCENARIO_UNREADABLE', `The scenario file ${path} cannot be read.`, {
      why,
      hint: 'Give the path of a JSON file that you may read.',
      cause: error,
    })
  })
  return parseJson(path, text)
}

/** Of what is wrong with a file. */
const MOST_TOLD = 10

/** `accounts[0].id` */
function placeIn(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file'
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function fitting<Schema extends ZodType>(path: string, content: unknown, schema: Schema) {
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const told = parsed.error.issues.map(({message, path: where}) => `${placeIn(where)}: ${message}`)
  const more = told.length > MOST_TOLD ? [`and ${told.length - MOST_TOLD} more`] : []
  throw usageError('SCENARIO_INVALID', `The scenario file ${path} does not fit the schema.`, {
    why: [...told.slice(0, MOST_TOLD), ...more].join('\n'),
    hint: 'Correct the members named, or begin with a copy of a bundled scenario.',
    cause: parsed.error,
  })
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw usageError('SCENARIO_INVALID', `The scenario file ${path} is not JSON.`, {
      why,
      hint: 'Correct it, or begin with a copy of a bundled scenario.',
      cause: error,
    })
  }
}
