import {stat} from 'node:fs/promises'
import {dirname, resolve} from 'node:path'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {REPORT_FORMATS, type ReportFormat} from './render-format.js'

/** One `--report`: a format and the file it goes to. */
export interface ReportSpec {
  readonly format: ReportFormat
  readonly file: string
}

/** Reads `FORMAT=FILE` texts and looks where the files would go; everything that is wrong is told at once. */
export async function parseReportSpecs(texts: readonly string[]): Promise<readonly ReportSpec[]> {
  const parsed = texts.map(parseSpec)
  const specs = parsed.filter((one) => typeof one !== 'string')
  const places = await Promise.all(specs.map(({file}) => problemOfPlace(file)))
  const problems = [
    ...parsed.filter((one) => typeof one === 'string'),
    ...places.filter((problem) => problem !== undefined),
    ...repeated(specs),
  ]
  if (problems.length > 0) {
    throw usageError('INVALID_REPORT', '--report cannot be followed.', {
      why: problems.join('\n'),
      hint: `Write FORMAT=FILE, such as html=audit.html; formats: ${REPORT_FORMATS.join(', ')}`,
    })
  }
  return specs
}

/** The spec, or what is wrong with it. */
function parseSpec(text: string): ReportSpec | string {
  const at = text.indexOf('=')
  if (at === -1) return `${text}: names no file`
  const name = text.slice(0, at).trim().toLowerCase()
  const file = text.slice(at + 1).trim()
  const format = REPORT_FORMATS.find((known) => known === name)
  if (format === undefined) {
    const hint = didYouMean(name, REPORT_FORMATS)
    return `${text}: ${name === '' ? 'names no format' : `there is no format ${name}`}${hint === undefined ? '' : `. ${hint}`}`
  }
  if (file === '') return `${text}: names no file`
  if (file === '-') return `${text}: - is no file; to print the report, say -o ${format}`
  return {format, file}
}

async function problemOfPlace(file: string): Promise<string | undefined> {
  const [place, folder] = await Promise.all([kindOf(file), kindOf(dirname(resolve(file)))])
  if (place === 'folder') return `${file}: is a folder`
  if (folder !== 'folder') return `${file}: there is no folder ${dirname(file)}`
  return undefined
}

async function kindOf(path: string): Promise<'folder' | 'file' | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  return found.isDirectory() ? 'folder' : 'file'
}

function repeated(specs: readonly ReportSpec[]): readonly string[] {
  const seen = new Set<string>()
  return specs.filter(({file}) => seen.size === seen.add(resolve(file)).size).map(({file}) => `${file}: is named twice`)
}
