import {read} from '../../account/read.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {lifecycleAt} from '../../catalog/lifecycle-at.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing} from '../finding.schema.js'
import {configEvidence, isNowhere, missingOf} from '../judge-resource.js'

const READ = 'bedrock:foundation-models'
const DAY_MS = 86_400_000

export interface ModelLifecycle {
  /** Empty: neither legacy nor near its end. */
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly evidence: readonly Evidence[]
}

/**
 * How a model stands: what the Regions list, the first of them first, because the state can differ between them. A model
 * that is listed nowhere is gone when the catalog has its end of life; the catalog never overrules a list.
 */
export function modelLifecycle(context: AuditContext, id: string, regions: readonly string[]): ModelLifecycle {
  const [source = ''] = regions
  const found = regions.flatMap((region) => listed(context, id, region))
  if (found.length > 0) return ofListed(context, found)
  return ofCatalog(context, id, source)
}

interface Listed {
  readonly region: string
  readonly model: ReadItem<typeof READ>
}

function listed({snapshot}: AuditContext, id: string, region: string): readonly Listed[] {
  const reading = read(snapshot, READ, region)
  const model = reading.state === 'read' ? reading.value.find((one) => one.id === id) : undefined
  return model ? [{region, model}] : []
}

function ofListed({now, project}: AuditContext, found: readonly Listed[]): ModelLifecycle {
  const defects = found.flatMap((one) => defectOf(one, now, project.thresholds.endOfLifeDays) ?? [])
  const evidence = found.map(({region, model: {id, status, endOfLifeAt}}) =>
    configEvidence(`${id}: ${status}, end of life ${endOfLifeAt?.slice(0, 10) ?? 'not announced'}`, READ, region),
  )
  return {defects: [...new Set(defects)], gaps: [], evidence}
}

function defectOf({region, model: {id, status, endOfLifeAt}}: Listed, now: Date, within: number): string | undefined {
  const date = endOfLifeAt?.slice(0, 10)
  const days = endOfLifeAt === null ? undefined : Math.ceil((Date.parse(endOfLifeAt) - now.getTime()) / DAY_MS)
  const isPast = days !== undefined && days <= 0
  if (status.toUpperCase() === 'LEGACY') {
    const end = isPast ? `, past its end of life (${date})` : `, end of life on ${date}`
    return `model ${id} is LEGACY in ${region}${days === undefined ? '' : end}`
  }
  if (isPast) return `model ${id} is past its end of life (${date})`
  const isNear = days !== undefined && days <= within
  return isNear ? `model ${id} reaches its end of life on ${date}, in ${days} days` : undefined
}

function ofCatalog({snapshot, catalog, now}: AuditContext, id: string, region: string): ModelLifecycle {
  const reading = read(snapshot, READ, region)
  const model = catalog.model(id)
  const end = model?.lifecycle.endOfLife
  const evidence: readonly Evidence[] = model
    ? [
        {
          kind: 'config',
          text: `catalog of ${catalog.compiledOn}: ${model.lifecycle.status}, end of life ${end ?? 'unknown'}`,
        },
      ]
    : []
  if (model && lifecycleAt(model.lifecycle, now) === 'EOL') {
    return {defects: [`model ${id} is past its end of life${end ? ` (${end})` : ''}`], gaps: [], evidence}
  }
  if (reading.state === 'unread') {
    return {defects: [], gaps: isNowhere(reading) ? [] : [missingOf(reading)], evidence}
  }
  if (model?.lifecycle.status === 'LEGACY')
    return {defects: [`model ${id} is LEGACY, and not listed in ${region}`], gaps: [], evidence}
  const reason = `${region} does not list ${id}, and the catalog does not say that it is gone`
  return {defects: [], gaps: [{action: 'bedrock:ListFoundationModels', code: 'NOT_LISTED', reason}], evidence}
}
