import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import type {BodyFamily} from '../bodies/family.js'
import type {PromptSettings} from './prepare-input.js'
import type {RowFormat} from './rows.js'

/** Holds the flags against what bodies of the family can hold; all that is wrong is told at once. */
export function refuseUnfit(family: BodyFamily, settings: PromptSettings, format: RowFormat): void {
  const wrong = format === 'openai-batch' ? wrongWithLines(family, settings) : wrongWithPrompts(family, settings)
  if (wrong.length === 0) return
  throw usageError('FLAGS_UNFIT', `The flags do not fit ${family.name}.`, {
    why: wrong.join(' '),
    hint: 'Change the flags, or choose another model.',
  })
}

function wrongWithPrompts({takes}: BodyFamily, settings: PromptSettings): readonly string[] {
  const {dimensions, imageColumns, inputType, maxTokens, stop, system, temperature, topP} = settings
  const given: readonly (readonly [string, boolean, boolean])[] = [
    ['--system', system !== undefined, takes.system],
    ['--image-column', imageColumns.length > 0, takes.images !== 'none'],
    ['--max-tokens', maxTokens !== undefined, takes.maxTokens !== 'none'],
    ['--temperature', temperature !== undefined, takes.temperature],
    ['--top-p', topP !== undefined, takes.topP],
    ['--stop', stop !== undefined, takes.stop],
    ['--input-type', inputType !== undefined, takes.inputTypes.length > 0],
    ['--dimensions', dimensions !== undefined, takes.dimensions.length > 0],
  ]
  return [
    ...given.flatMap(([flag, isGiven, isTaken]) => (isGiven && !isTaken ? [`It has no place for ${flag}.`] : [])),
    ...(takes.maxTokens === 'required' && maxTokens === undefined ? ['It needs --max-tokens.'] : []),
    ...wrongType(takes.inputTypes, inputType),
    ...(dimensions !== undefined && takes.dimensions.length > 0 && !takes.dimensions.includes(dimensions)
      ? [`--dimensions must be one of ${takes.dimensions.join(', ')}.`]
      : []),
  ]
}

function wrongType(types: readonly string[], inputType: string | undefined): readonly string[] {
  if (types.length === 0 || (inputType !== undefined && types.includes(inputType))) return []
  return [`It needs --input-type, one of ${types.join(', ')}.`]
}

/** Lines of OpenAI hold their prompts: flags can only stand in for what they lack. */
function wrongWithLines({takes}: BodyFamily, settings: PromptSettings): readonly string[] {
  const {dimensions, idColumn, imageColumns, stop, system, temperature, template, topP} = settings
  const given = {
    '--template': template,
    '--system': system,
    '--id-column': idColumn,
    '--image-column': imageColumns[0],
    '--temperature': temperature,
    '--top-p': topP,
    '--stop': stop,
    '--dimensions': dimensions,
  }
  const named = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]))
  return [
    ...(named.length > 0 ? [`OpenAI batch lines hold what ${named.join(', ')} would say.`] : []),
    ...wrongType(takes.inputTypes, settings.inputType),
  ]
}

/** Columns that are named and not there, all at once, with those that may be meant. */
export function refuseUnknownColumns(named: readonly string[], columns: readonly string[]): void {
  const unknown = named.filter((column) => !columns.includes(column))
  if (unknown.length === 0) return
  const meant = unknown.flatMap((column) => {
    const near = didYouMean(column, columns)
    return near === undefined ? [] : [near]
  })
  throw usageError('COLUMNS_UNKNOWN', `The file has no column ${unknown.map((column) => `"${column}"`).join(', ')}.`, {
    why: `It has ${firstLines(columns, 20).replaceAll('\n', ', ')}.`,
    hint: meant.length > 0 ? meant.join(' ') : 'Name columns of the first line; their case counts.',
  })
}
