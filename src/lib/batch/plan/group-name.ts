import {createHash} from 'node:crypto'
import type {PlanFile} from './plan.schema.js'

const MOST = 40
const DIGEST = 6

/** Name of the group of a pile whose operator gave none: the file's, and a digest that tells other work apart. */
export function defaultGroup(inputName: string, work: Pick<PlanFile, 'api' | 'modelId' | 'region' | 'shards'>): string {
  const {api, modelId, region, shards} = work
  const digest = createHash('sha256').update(JSON.stringify([region, modelId, api, shards.map(({sha256}) => sha256)]))
  return `${safeStem(inputName)}-${digest.digest('hex').slice(0, DIGEST)}`
}

/** The file's name as far as names of jobs may hold it. */
export function safeStem(inputName: string): string {
  const file = inputName.slice(Math.max(inputName.lastIndexOf('/'), inputName.lastIndexOf('\\')) + 1)
  const stem = file.replace(/(?:\.[A-Za-z0-9]{1,8})+$/, '')
  const safe = stem
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .slice(0, MOST - DIGEST - 1)
    .replace(/^-+|-+$/g, '')
  return safe === '' ? 'records' : safe
}
