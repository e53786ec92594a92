import {WireError} from '../../handler.js'
import type {Named} from './series.js'

/** What SEARCH is asked for. */
export interface SearchWish {
  /** `{AWS/Bedrock,ModelId} MetricName="Invocations"` */
  readonly text: string
  readonly stat: string
  /** Seconds. */
  readonly period: number
}

const WORD = /\s*(?:([()])|([\w.]+)\s*=\s*(?=\S)|"([^"]*)"|'([^']*)'|([^\s"'()=]+))/gy
const SCHEMA = /^\s*\{\s*([^}]*)\}/

/**
 * Whether a search finds a metric: with the schema in braces, exactly those of its namespace and dimensions; then every
 * word must be among its names, a quoted one as a whole, `NAME=` where it says. `OR`, `NOT` and brackets mean what they
 * say; `AND` may be left out.
 */
export function finder(text: string): (metric: Named) => boolean {
  const [head = '', schema] = SCHEMA.exec(text) ?? []
  const holds = read(text.slice(head.length))
  const [namespace, ...names] = (schema ?? '').split(',').map((part) => part.trim().replace(/^["']|["']$/g, ''))
  return (metric) => {
    const own = Object.keys(metric.dimensions)
    const fits = own.length === names.length && names.every((name) => own.includes(name))
    if (schema !== undefined && (metric.namespace !== namespace || !fits)) return false
    return holds(metric)
  }
}

type Test = (metric: Named) => boolean

interface Token {
  readonly sign?: string
  /** Said before `=`. */
  readonly name?: string
  readonly value?: string
  readonly exact?: boolean
}

function read(text: string): Test {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return () => true
  let at = 0
  const isNext = (word: string): boolean => {
    const {sign, value, exact} = tokens[at] ?? {}
    return sign === word || (value === word && exact === false)
  }
  const accept = (word: string): boolean => {
    const found = isNext(word)
    if (found) at += 1
    return found
  }
  const either = (name?: string): Test => {
    const tests = [both(name)]
    while (accept('OR')) tests.push(both(name))
    return (metric) => tests.some((test) => test(metric))
  }
  const both = (name?: string): Test => {
    const tests = [one(name)]
    while (at < tokens.length && !isNext('OR') && !isNext(')')) {
      accept('AND')
      tests.push(one(name))
    }
    return (metric) => tests.every((test) => test(metric))
  }
  const one = (within?: string): Test => {
    if (accept('NOT')) {
      const test = one(within)
      return (metric) => !test(metric)
    }
    const named = tokens[at]?.name
    if (named !== undefined) at += 1
    const name = named ?? within
    if (accept('(')) {
      const test = either(name)
      if (!accept(')')) throw notUnderstood(text)
      return test
    }
    const {value, exact = false} = tokens[at] ?? {}
    if (value === undefined) throw notUnderstood(text)
    at += 1
    return (metric) => matches({name, value, exact}, metric)
  }
  const test = either()
  if (at < tokens.length) throw notUnderstood(text)
  return test
}

function tokensOf(text: string): readonly Token[] {
  const found = [...text.matchAll(WORD)]
  if (found.reduce((length, [whole]) => length + whole.length, 0) !== text.trimEnd().length) throw notUnderstood(text)
  return found.map(([, sign, name, double, single, word]): Token => {
    if (sign !== undefined) return {sign}
    if (name !== undefined) return {name}
    const quoted = double ?? single
    return {value: quoted ?? word ?? '', exact: quoted !== undefined}
  })
}

const notUnderstood = (text: string): WireError =>
  new WireError('ValidationError', `Error in expression: the search ${text.trim()} cannot be understood.`)

interface Term {
  readonly name: string | undefined
  readonly value: string
  readonly exact: boolean
}

function matches({name, value, exact}: Term, {namespace, name: metric, dimensions}: Named): boolean {
  const all: Readonly<Record<string, string>> = {Namespace: namespace, MetricName: metric, ...dimensions}
  const among = name === undefined ? [...Object.entries(all).flat()] : [all[name] ?? '']
  const wanted = value.toLowerCase()
  return among.some((one) => {
    const own = one.toLowerCase()
    return exact ? own === wanted : partsOf(own).includes(wanted) || own === wanted
  })
}

/** CloudWatch splits names at signs, and where a capital follows a small letter. */
const partsOf = (text: string): readonly string[] => text.split(/[^a-z0-9]+/)
