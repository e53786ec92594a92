import type {BodyFamily} from '../batch/bodies/family.js'
import type {PrepareInput, PromptSettings} from '../batch/prepare/prepare-input.js'
import type {RowFormat} from '../batch/prepare/rows.js'
import type {Catalog} from '../catalog/catalog.js'
import {usageError} from '../core/errors.js'
import {fileIdentity} from './file-identity.js'

/** The flags of `batch prepare` as parsed. */
export interface PrepareFlags {
  readonly format: string | undefined
  readonly model: string | undefined
  readonly api: string | undefined
  readonly template: string | undefined
  readonly 'template-file': string | undefined
  readonly system: string | undefined
  readonly 'system-file': string | undefined
  readonly 'id-column': string | undefined
  readonly 'image-column': readonly string[] | undefined
  readonly 'max-tokens': number | undefined
  readonly temperature: string | undefined
  readonly 'top-p': string | undefined
  readonly stop: readonly string[] | undefined
  readonly 'input-type': string | undefined
  readonly dimensions: number | undefined
  readonly limit: number | undefined
  readonly out: string | undefined
  readonly rejects: string | undefined
  readonly 'dry-run': boolean
}

const LARGEST_TEXT = 4 * 1024 * 1024

/** What flags ask for; files that they name are read. */
export async function prepareInputOf(
  file: string,
  flags: PrepareFlags,
  modelId: string | undefined,
): Promise<PrepareInput> {
  if (flags.out === undefined && !flags['dry-run']) {
    throw usageError('OUT_MISSING', 'Where the records go is not said.', {
      hint: 'Name a file with --out, or look at what would be written with --dry-run.',
    })
  }
  const written = flags['dry-run'] ? undefined : flags.out
  const rejects = flags['dry-run'] ? undefined : flags.rejects
  await refuseSameFiles({input: file, '--out': written, '--rejects': rejects})
  return {
    file,
    format: flags.format as RowFormat | undefined,
    modelId,
    api: flags.api === 'converse' ? 'Converse' : 'InvokeModel',
    settings: await settingsOf(flags),
    limit: flags.limit,
    out: written,
    rejects,
  }
}

async function settingsOf(flags: PrepareFlags): Promise<PromptSettings> {
  const [template, system] = await Promise.all([
    textOf(flags.template, flags['template-file'], 'a template'),
    textOf(flags.system, flags['system-file'], 'a system prompt'),
  ])
  return {
    template,
    system,
    idColumn: flags['id-column'],
    imageColumns: flags['image-column'] ?? [],
    maxTokens: flags['max-tokens'],
    temperature: decimalOf('temperature', flags.temperature),
    topP: decimalOf('top-p', flags['top-p']),
    stop: flags.stop,
    inputType: flags['input-type'],
    dimensions: flags.dimensions,
  }
}

/** Of a flag or of a file, whose last line feed is the editor's. */
async function textOf(text: string | undefined, file: string | undefined, what: string): Promise<string | undefined> {
  if (file === undefined) return text
  const {readText} = await import('../config/read-text.js')
  const kind = {what, code: 'TEXT_FILE', largestBytes: LARGEST_TEXT, elsewhere: 'Name a text file in UTF-8.'}
  const found = await readText(file, kind)
  if (typeof found === 'string') return found.replace(/\r?\n$/, '')
  throw usageError('TEXT_FILE_INVALID', `${file} cannot be used.`, {why: found.refused, hint: kind.elsewhere})
}

function decimalOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d*\.?\d+$/.test(text) && value <= 2) return value
  throw usageError('NUMBER_INVALID', `--${flag} ${text} is no number from 0 to 2.`, {hint: `Write it as --${flag} 0.7`})
}

async function refuseSameFiles(files: Readonly<Record<string, string | undefined>>): Promise<void> {
  const seen = new Map<string, string>()
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined || file === '-') continue
    const identity = await fileIdentity(file)
    const other = seen.get(identity)
    if (other !== undefined) {
      throw usageError('SAME_FILE', `${name} and ${other} are the same file: ${file}`, {hint: 'Name different files.'})
    }
    seen.set(identity, name)
  }
}

/** The family of bodies to write, and the base model where one was named. */
export async function prepareFamily(
  {api, model}: Pick<PrepareFlags, 'api' | 'model'>,
  catalog: Catalog,
): Promise<{readonly family: BodyFamily; readonly modelId: string | undefined}> {
  const [{assertApi, baseModelId, familyById, familyOf}, {closestIds, idCandidates}] = await Promise.all([
    import('../batch/bodies/family-of.js'),
    import('../catalog/closest-models.js'),
  ])
  if (model === undefined) {
    if (api === 'converse') return {family: familyById('converse'), modelId: undefined}
    throw usageError('MODEL_MISSING', 'Whose bodies are wanted is not said.', {
      hint: 'Name the model with --model, or write Converse bodies for any with --api converse.',
    })
  }
  const modelId = baseModelId(model, catalog)
  const body = api === 'converse' ? 'Converse' : 'InvokeModel'
  assertApi(model, catalog, body)
  const family = familyOf(model, catalog, body)
  if (family) return {family, modelId}
  const near = modelId === undefined ? closestIds(model, idCandidates(catalog.models)) : []
  throw usageError('BODIES_UNKNOWN', `Which bodies ${model} takes is not known.`, {
    why:
      modelId === undefined ? 'It is no model or inference profile of the catalog.' : 'It is not known to take batch.',
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Write Converse bodies with --api converse.',
  })
}
