import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {packageRoot} from '../../core/package-root.js'

/** How the Price List writes a model. */
export interface ListedName {
  /** Of the attribute that names it; null where rows of the model have none. */
  readonly name: string | null
  /** First word of its usage types: a nickname, or its id. */
  readonly stem: string
}

interface Row {
  readonly name?: string | null
  readonly stem?: string
}

let rows: Promise<Readonly<Record<string, Row>>> | undefined

/** data/sandbox/price-list-names.json, by model. */
export function readListedNames(): Promise<Readonly<Record<string, Row>>> {
  rows ??= readFile(join(packageRoot(), 'data', 'sandbox', 'price-list-names.json'), 'utf8').then(
    (text) => (JSON.parse(text) as {readonly models: Readonly<Record<string, Row>>}).models,
  )
  return rows
}

/** A model that is not in the table is written by its display name, as most are. */
export function listedName(model: CatalogModel, table: Readonly<Record<string, Row>>): ListedName {
  const display = model.name ?? model.id
  const row = Object.hasOwn(table, model.id) ? table[model.id] : undefined
  const name = row?.name === undefined ? display : row.name
  return {name, stem: row?.stem ?? stemOf(name ?? display, model)}
}

/** `NovaLite`, `Qwen3-Coder-30B-A3B`: only Amazon and Anthropic close the gaps. */
function stemOf(name: string, {provider}: CatalogModel): string {
  const gap = provider === 'Amazon' || provider === 'Anthropic' ? '' : '-'
  return name.replaceAll(/[()]/g, '').replaceAll(/\s+/g, gap)
}
