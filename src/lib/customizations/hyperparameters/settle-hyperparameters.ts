import type {CustomModelFacts, Hyperparameter, Tuning} from '../../catalog/custom-models.schema.js'
import {didYouMean} from '../../core/closest.js'
import type {HyperparameterRow} from './hyperparameter.schema.js'
import {REASONING_EFFORT, REINFORCEMENT_EXAMPLE, REINFORCEMENT_HYPERPARAMETERS} from './reinforcement.js'

export interface SettledHyperparameters {
  /** What is given, then what the service takes by itself. */
  readonly rows: readonly HyperparameterRow[]
  /** Said where there is no table to hold them against, or no default. */
  readonly note: string | null
}

/** Holds what is given against the ranges of the base; one without a published table takes everything as it is. */
export function settleHyperparameters(
  given: Readonly<Record<string, string>>,
  tuning: Tuning | undefined,
  facts: Pick<CustomModelFacts, 'hyperparameters' | 'asOf'>,
): SettledHyperparameters {
  if (tuning?.type === 'REINFORCEMENT_FINE_TUNING') {
    const rows = rowsOf(given, REINFORCEMENT_HYPERPARAMETERS)
    const note = `No defaults are published. AWS's example has ${REINFORCEMENT_EXAMPLE}.`
    return {rows: rows.map((row) => (row.name === REASONING_EFFORT.name ? effortRow(row) : row)), note}
  }
  const table = tuning?.hyperparameters === null ? undefined : facts.hyperparameters[tuning?.hyperparameters ?? '']
  if (table !== undefined) return {rows: rowsOf(given, table), note: null}
  const rows = Object.entries(given).map(([name, value]) => ({
    ...({from: 'given', range: null, problem: null} as const),
    name,
    value,
  }))
  const passed = rows.length === 0 ? 'the service decides' : 'what is given is sent as it is'
  return {rows, note: `No table of hyperparameters is published for this base and type (${facts.asOf}): ${passed}.`}
}

function rowsOf(
  given: Readonly<Record<string, string>>,
  table: readonly Hyperparameter[],
): readonly HyperparameterRow[] {
  const names = table.map(({name}) => name)
  const strange = Object.entries(given).filter(([name]) => !names.includes(name))
  return [
    ...table.map((one) => knownRow(one, given[one.name])),
    ...strange.map(([name, value]): HyperparameterRow => {
      const near = didYouMean(name, names)
      const problem = `The base has no hyperparameter ${name}.${near === undefined ? ` It has ${names.join(', ')}.` : ` ${near}`}`
      return {name, value, from: 'given', range: null, problem}
    }),
  ]
}

function knownRow(one: Hyperparameter, value: string | undefined): HyperparameterRow {
  const range = rangeWords(one)
  if (value !== undefined) {
    const wrong = problemOf(one, value)
    const sent = wrong === null && value !== one.word ? plainText(Number(value)) : value
    return {name: one.name, value: sent, from: 'given', range, problem: wrong}
  }
  const problem = one.required ? `${one.name} must be given: ${range}.` : null
  return one.default === null
    ? {name: one.name, value: null, from: 'service', range, problem}
    : {name: one.name, value: String(one.default), from: 'default', range, problem}
}

function problemOf(one: Hyperparameter, value: string): string | null {
  const {kind, least, most, name, word} = one
  if (word !== null && value === word) return null
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN
  const isKind = kind === 'integer' ? Number.isInteger(number) : Number.isFinite(number)
  if (isKind && number >= least && number <= most) return null
  return `${name} must be ${kind === 'integer' ? 'a whole number, ' : ''}${rangeWords(one)}, not ${value}.`
}

/** A number that is not negative without an exponent: 1e-5 and 0.00001 are one request. */
function plainText(value: number): string {
  const [mantissa = '', exponent] = String(Math.abs(value)).split('e-')
  return exponent === undefined ? mantissa : `0.${'0'.repeat(Number(exponent) - 1)}${mantissa.replace('.', '')}`
}

function rangeWords({least, most, word}: Hyperparameter): string {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`
  return word === null ? range : `${range}, or ${word}`
}

function effortRow(row: HyperparameterRow): HyperparameterRow {
  const words: readonly string[] = REASONING_EFFORT.words
  const range = words.join(', ')
  const isKnown = row.value !== null && words.includes(row.value)
  return {...row, range, problem: isKnown ? null : `${row.name} must be one of ${range}, not ${row.value ?? ''}.`}
}
