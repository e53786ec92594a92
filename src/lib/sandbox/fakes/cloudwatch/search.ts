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

const WORD = /\s*(?:([\w.]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"'()]+))/gy
const SCHEMA = /^\s*\{\s*([^}]*)\}/

/**
 * Whether a search finds a metric: with the schema in braces, exactly those of its namespace and dimensions; then every
 * word must be among its names, a quoted one as a whole, `NAME=` where it says. OR, NOT and brackets are not served.
 */
export function finder(text: string): (metric: Named) => boolean {
  const [head = '', schema] = SCHEMA.exec(text) ?? []
  const terms = termsIn(text.slice(head.length))
  const [namespace, ...names] = (schema ?? '').split(',').map((part) => part.trim().replace(/^["']|["']$/g, ''))
  return (metric) => {
    const own = Object.keys(metric.dimensions)
    const fits = own.length === names.length && names.every((name) => own.includes(name))
    if (schema !== undefined && (metric.namespace !== namespace || !fits)) return false
    return terms.every((term) => holds(term, metric))
  }
}

interface Term {
  readonly name: string | undefined
  readonly value: string
  readonly exact: boolean
}

function termsIn(text: string): readonly Term[] {
  const found = [...text.matchAll(WORD)]
  const read = found.reduce((length, [whole]) => length + whole.length, 0)
  const terms = found.map(([, name, double, single, word]): Term => {
    const quoted = double ?? single
    return {name, value: quoted ?? word ?? '', exact: quoted !== undefined}
  })
  const operator = terms.some(({value, exact}) => !exact && /^(OR|NOT)$/.test(value))
  if (operator || read !== text.trimEnd().length) {
    throw new WireError('NotImplemented', `The sandbox does not search for ${text.trim()}.`, 501)
  }
  return terms.filter(({value, exact}) => exact || value !== 'AND')
}

function holds({name, value, exact}: Term, {namespace, name: metric, dimensions}: Named): boolean {
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
