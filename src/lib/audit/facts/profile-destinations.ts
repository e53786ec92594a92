import {read} from '../../account/read.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'

/** What profiles that are called in other Regions bring to one Region. */
export interface RoutedUse {
  readonly evidence: readonly Evidence[]
  /** Lists of profiles that may show more. */
  readonly missing: readonly Missing[]
}

/** Profiles as their ids and ARNs show them, where the list of them was not read. */
const PROFILE = /^(?:[a-z]{2,4}(?:-gov)?|apac|global)\.[a-z0-9-]+\.|:(?:application-)?inference-profile\//

interface Destination extends RoutedUse {
  readonly source: string
  readonly regions: ReadonlySet<string>
}

const known = new WeakMap<AuditContext, readonly Destination[]>()

/** Whether calls of a profile in another Region may be answered in this one: the profile names it as a destination. */
export function routedUse(context: AuditContext, region: string): RoutedUse {
  const all = known.get(context) ?? destinationsOf(context)
  known.set(context, all)
  const others = all.filter(({source}) => source !== region)
  return {
    evidence: others.filter(({regions}) => regions.has(region)).flatMap(({evidence}) => evidence),
    missing: others.flatMap(({missing}) => missing),
  }
}

function destinationsOf({snapshot, project, use}: AuditContext): readonly Destination[] {
  const sources = new Set([...snapshot.regions.map(({name}) => name), ...project.regions])
  return [...sources].flatMap((source) => {
    const reading = read(snapshot, 'bedrock:inference-profiles', source)
    return use.in(source).models.flatMap(({id}): readonly Destination[] => {
      if (reading.state === 'unread') {
        return PROFILE.test(id) ? [{source, regions: new Set(), evidence: [], missing: [missingOf(reading)]}] : []
      }
      const profile = reading.value.find((one) => one.id === id || one.arn === id)
      if (profile === undefined) return []
      const regions = new Set(profile.modelArns.flatMap((arn) => parseArn(arn)?.region || []))
      const text = `${id}, which is called in ${source}, may be answered here`
      return [{source, regions, missing: [], evidence: [evidenceOf(text, source)]}]
    })
  })
}

function evidenceOf(text: string, region: string): Evidence {
  return {kind: 'config', text, read: 'bedrock:inference-profiles', region}
}
