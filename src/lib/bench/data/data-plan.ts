import type {Spread} from '../arrivals/level.js'
import {parseCount, parseTokens, type Said} from '../plan/load-words.js'

/** Where prompts come from. */
export type DataPlan =
  | {
      readonly kind: 'synthetic'
      /** Tokens that are of each prompt alone: a shared prefix comes on top. */
      readonly input: Spread
      readonly output: Spread
      /** Tokens that prompts of one group begin with alike. */
      readonly prefix: {readonly tokens: number; readonly groups: number} | null
    }
  | {
      readonly kind: 'file'
      readonly file: string
      /** Tokens of every answer at most, in place of what the file says. */
      readonly output: number | null
      /** So many conversations from its beginning. */
      readonly most: number | null
    }

export const DEFAULT_DATA: DataPlan = {
  kind: 'synthetic',
  input: {kind: 'constant', value: 256},
  output: {kind: 'constant', value: 128},
  prefix: null,
}

const MOST_TOKENS = 2_000_000
const FILE_SETTING = /^(.*?)((?:,(?:out|most)=[^,]*)*)$/

/** `synthetic:in=N(512,64),out=256,prefix=1024/8groups`, or a file, `prompts.jsonl,out=256,most=1000`. */
export function parseData(text: string): Said<DataPlan> {
  if (text === 'synthetic') return {value: DEFAULT_DATA}
  return text.startsWith('synthetic:') ? parseSynthetic(text.slice('synthetic:'.length)) : parseFile(text)
}

function parseSynthetic(text: string): Said<DataPlan> {
  let plan = DEFAULT_DATA as Extract<DataPlan, {kind: 'synthetic'}>
  // Commas inside of parentheses belong to a spread.
  for (const part of text.split(/,(?![^(]*\))/)) {
    const [key = '', value = ''] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/.exec(part)?.slice(1) ?? []
    const said = settingOf(key, value)
    if (said.wrong !== undefined) return said
    plan = {...plan, ...said.value}
  }
  return {value: plan}
}

type Setting = Partial<Pick<Extract<DataPlan, {kind: 'synthetic'}>, 'input' | 'output' | 'prefix'>>

function settingOf(key: string, value: string): Said<Setting> {
  switch (key) {
    case 'in':
    case 'out': {
      const said = parseTokens(value)
      if (said.wrong !== undefined) return {wrong: `${key}: ${said.wrong}`}
      const mean = meanOf(said.value)
      if (mean < 1 || mean > MOST_TOKENS) return {wrong: `${key}=${value}: from 1 to ${MOST_TOKENS} tokens`}
      return {value: key === 'in' ? {input: said.value} : {output: said.value}}
    }
    case 'prefix': {
      const match = /^([\d_kK.]+)(?:\/(\d+)\s*(?:groups?)?)?$/.exec(value)
      const tokens = parseCount(match?.[1] ?? '', MOST_TOKENS)
      const groups = parseCount(match?.[2] ?? '1', 100_000)
      if (tokens.wrong !== undefined || groups.wrong !== undefined) {
        return {wrong: `prefix=${value} is not such as prefix=1024 or prefix=1024/8groups`}
      }
      return {value: {prefix: {tokens: tokens.value, groups: groups.value}}}
    }
    default:
      return {
        wrong: `“${key || value}” is none of in=, out= and prefix=; write synthetic:in=N(512,64),out=256,prefix=1024/8groups`,
      }
  }
}

function parseFile(text: string): Said<DataPlan> {
  const [, file = '', settings = ''] = FILE_SETTING.exec(text) ?? []
  if (file === '') return {wrong: 'it names no file; write synthetic:in=512,out=256, or a file of prompts'}
  const values: {out?: number; most?: number} = {}
  for (const part of settings.split(',').filter((one) => one !== '')) {
    const [key = '', value = ''] = part.split('=')
    const said = parseCount(value)
    if (said.wrong !== undefined) return {wrong: `${key}: ${said.wrong}`}
    values[key as 'out' | 'most'] = said.value
  }
  return {value: {kind: 'file', file, output: values.out ?? null, most: values.most ?? null}}
}

/** Of a spread, in the middle. */
export function meanOf(spread: Spread): number {
  switch (spread.kind) {
    case 'constant':
      return spread.value
    case 'normal':
      return spread.mean
    case 'uniform':
      return (spread.low + spread.high) / 2
  }
}

export function dataWords(plan: DataPlan): string {
  if (plan.kind === 'file') return plan.file
  const prefix =
    plan.prefix === null
      ? ''
      : ` after ${plan.prefix.tokens} shared in ${plan.prefix.groups === 1 ? 'one group' : `${plan.prefix.groups} groups`}`
  return `synthetic, ${spreadWords(plan.input)} tokens in${prefix}, ${spreadWords(plan.output)} out`
}

function spreadWords(spread: Spread): string {
  switch (spread.kind) {
    case 'constant':
      return String(spread.value)
    case 'normal':
      return `N(${spread.mean}, ${spread.deviation})`
    case 'uniform':
      return `${spread.low} to ${spread.high}`
  }
}
