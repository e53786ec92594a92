import {readFileSync} from 'node:fs'
import {workloadFileSchema} from '../../src/lib/cost/workload/workload.schema.js'
import type {Artefact} from './artefact.js'
import {replaceSection} from './replace-section.js'
import {fileSchema} from './schemas.js'

const PATH = 'docs/guides/workloads.md'

const HEAD = '| key | what stands there | meaning |'
const RULE = '| --- | --- | --- |'

/** Explained once, in the guide's own words. */
const COMMON: ReadonlySet<string> = new Set(['kind', 'name', 'description', 'growth', 'months'])

/** Longer lists stand in the schema alone. */
const MOST_NAMED = 12

/** The parts of a JSON Schema that are looked at. */
interface Node {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly oneOf?: readonly Node[]
}

/** The guide to workload files, with every key of every kind as the schema has it. */
export function workloadGuide(): Artefact {
  const file = fileSchema(workloadFileSchema) as Node
  const kinds = file.properties?.['workloads']?.items?.oneOf ?? []
  const lines = kinds
    .map((kind) => ({kind, name: String(kind.properties?.['kind']?.const)}))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap(({kind, name}) => [
      `### ${name}`,
      '',
      kind.properties?.['kind']?.description ?? '',
      '',
      HEAD,
      RULE,
      ...rowsOf(kind, ''),
      '',
    ])
  const prices = [HEAD, RULE, ...rowsOf(file.properties?.['prices']?.items ?? {}, 'prices[].')]
  const text = replaceSection(PATH, readFileSync(PATH, 'utf8'), 'prices', prices)
  return {path: PATH, text: replaceSection(PATH, text, 'keys', lines.slice(0, -1))}
}

function rowsOf(node: Node, path: string, only = ''): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, member]) => {
    if (path === '' && COMMON.has(key)) return []
    const isNeeded = node.required?.includes(key) === true && member.default === undefined
    const own = `${path}${key}`
    return [rowOf(own, member, isNeeded, only), ...below(member, own, only)]
  })
}

/** What stands within a member: keys of an object, of the items of a list, of each form that it may have. */
function below(member: Node, path: string, only: string): readonly string[] {
  const forms = member.oneOf ?? []
  if (forms.length > 0) {
    const [told] = ['kind', 'by'].filter((key) => forms.every((form) => form.properties?.[key] !== undefined))
    return forms.flatMap((form) => {
      const {[told ?? '']: which, ...properties} = form.properties ?? {}
      const value = String(which?.const)
      const about = form.description ?? which?.description ?? ''
      return [
        `| \`${path}.${told}: ${value}\` | | ${about} |`,
        ...rowsOf({...form, properties}, `${path}.`, only === '' ? value : only),
      ]
    })
  }
  if (member.items?.properties) return rowsOf(member.items, `${path}[].`, only)
  return rowsOf(member, `${path}.`, only)
}

function rowOf(path: string, member: Node, isNeeded: boolean, only: string): string {
  const preset = member.default === undefined ? '' : `; \`${JSON.stringify(member.default)}\` unless given`
  const needed = isNeeded ? '; needed' : ''
  const name = only === '' ? `\`${path}\`` : `\`${path}\` (${only})`
  return `| ${name} | ${typeWords(member)}${needed}${preset} | ${member.description ?? ''} |`
}

function typeWords({enum: values, items, oneOf, pattern, properties, title, type}: Node): string {
  if (title !== undefined) return title
  if (values && values.length > MOST_NAMED) return 'one of the names in the schema'
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ')
  if (items) return `list${items.enum ? ` of ${typeWords(items)}` : ''}`
  if (properties || oneOf) return 'keys below'
  if (pattern?.includes('-\\d+$')) return 'Region'
  return type === 'string' ? 'text' : type === 'boolean' ? 'true or false' : String(type)
}
