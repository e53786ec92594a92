import type {Column} from '../../output/view.js'
import type {Finding} from '../finding.schema.js'

/** Of one finding, for CSV and tables; most of it also answers `--sort` and `--columns`. */
export const AUDIT_COLUMNS: readonly Column<Finding>[] = [
  {key: 'check', title: 'CHECK', value: ({check}) => check, weight: 0},
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity, weight: 0},
  {key: 'verdict', title: 'VERDICT', value: ({verdict}) => verdict, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 1},
  {key: 'resource-type', title: 'TYPE', value: ({resource}) => resource.type, weight: 4},
  {key: 'resource-id', title: 'RESOURCE', value: ({resource}) => resource.id, weight: 0},
  {
    key: 'resource-name',
    title: 'NAME',
    value: ({resource}) => resource.name,
    text: dash(({resource}) => resource.name),
    weight: 5,
  },
  {key: 'aspect', title: 'ASPECT', value: ({aspect}) => aspect, text: dash(({aspect}) => aspect), weight: 6},
  {key: 'message', title: 'MESSAGE', value: ({message}) => message, weight: 2},
  {key: 'fix', title: 'FIX', value: ({fix}) => fix?.summary, text: dash(({fix}) => fix?.summary), weight: 3},
  {key: 'missing', title: 'NEEDS', value: ({missing}) => missing.map(({action}) => action), weight: 7},
  {key: 'fingerprint', title: 'FINGERPRINT', value: ({fingerprint}) => fingerprint, weight: 8},
]

/** What is absent because there is none, not because it is unknown. */
function dash(value: (finding: Finding) => string | undefined): (finding: Finding) => string {
  return (finding) => value(finding) ?? '-'
}
