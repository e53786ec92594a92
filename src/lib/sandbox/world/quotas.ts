import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Catalog} from '../../catalog/catalog.js'
import {packageRoot} from '../../core/package-root.js'

/** A row of data/sandbox/quotas.json: one default quota of the service code `bedrock`. */
export interface DefaultQuota {
  readonly code: string
  readonly name: string
  readonly value: number
  readonly adjustable: boolean
  /** Absent on quotas of the account. */
  readonly model?: string
  /** One code covers every geographic profile of a model. Absent: whatever the routing. */
  readonly routing?: 'in-region' | 'geo' | 'global' | 'mantle'
  readonly period?: 'MINUTE' | 'DAY'
  /** The name and code are AWS's, the value is ours. */
  readonly assumed?: boolean
}

let rows: Promise<readonly DefaultQuota[]> | undefined

export function readQuotas(): Promise<readonly DefaultQuota[]> {
  rows ??= readFile(join(packageRoot(), 'data', 'sandbox', 'quotas.json'), 'utf8').then(
    (text) => (JSON.parse(text) as {readonly quotas: readonly DefaultQuota[]}).quotas,
  )
  return rows
}

/** The quotas a Region shows: those of models that can be called from there by that routing, and the account's own. */
export async function quotasIn(catalog: Catalog, region: string): Promise<readonly DefaultQuota[]> {
  return (await readQuotas()).filter(
    ({model, routing}) => model === undefined || callable(catalog, region, model, routing),
  )
}

function callable(catalog: Catalog, region: string, id: string, routing: DefaultQuota['routing']): boolean {
  const model = catalog.model(id)
  if (!model) return false
  const byProfile = (kind: string) =>
    model.profiles.some((profile) => profile.kind === kind && region in profile.routes)
  switch (routing) {
    case 'in-region':
      return model.inRegion.includes(region)
    case 'mantle':
      return model.mantle.includes(region)
    case 'geo':
    case 'global':
      return byProfile(routing)
    case undefined:
      return model.inRegion.includes(region) || byProfile('geo')
  }
}
