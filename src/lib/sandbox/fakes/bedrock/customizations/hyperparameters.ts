import type {CustomModelFacts, Hyperparameter, Tuning} from '../../../../catalog/custom-models.schema.js'
import {invalid} from '../refusals.js'

/**
 * The parameters that a job runs with: those it was given, and the defaults of the others. Throws where a name or a
 * value is none of the base's. Where AWS publishes no table, anything goes. The words are ours: AWS's are not published.
 */
export function checkedHyperparameters(
  given: Readonly<Record<string, string>>,
  {hyperparameters: name}: Tuning,
  facts: CustomModelFacts,
): Readonly<Record<string, string>> {
  const table = name === null ? undefined : facts.hyperparameters[name]
  if (!table) return {...given}
  const unknown = Object.keys(given).find((key) => !table.some((one) => one.name === key))
  if (unknown !== undefined) throw invalid(`The hyperparameter ${unknown} is not supported for the model.`)
  const values: Record<string, string> = {}
  for (const parameter of table) {
    const value = given[parameter.name]
    if (value !== undefined) values[parameter.name] = checked(value, parameter)
    else if (parameter.required) throw invalid(`The hyperparameter ${parameter.name} is required for the model.`)
    else if (parameter.default !== null) values[parameter.name] = String(parameter.default)
  }
  return values
}

function checked(value: string, {name, kind, least, most, word}: Hyperparameter): string {
  if (word !== null && value.toLowerCase() === word.toLowerCase()) return value
  const number = value.trim() === '' ? Number.NaN : Number(value)
  const fits = kind === 'integer' ? Number.isInteger(number) : Number.isFinite(number)
  if (!fits) throw invalid(`The value ${value} of the hyperparameter ${name} is not ${KINDS[kind]}.`)
  if (number < least || number > most) {
    throw invalid(`The value ${value} of the hyperparameter ${name} is not between ${least} and ${most}.`)
  }
  return value
}

const KINDS = {integer: 'an integer', decimal: 'a number'} as const
