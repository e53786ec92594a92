import type {Column, View} from '../output/view.js'
import type {ListedScenario, SandboxScenariosResult} from './sandbox-scenarios.schema.js'

const COLUMNS: readonly Column<ListedScenario>[] = [
  {key: 'name', title: 'SCENARIO', value: ({name}) => name, weight: 0},
  {key: 'description', title: 'WHAT IT IS', value: ({description}) => description, weight: 0},
  {key: 'accounts', title: 'ACCOUNTS', value: ({accounts}) => accounts.map(({id}) => id), weight: 3},
  {key: 'faults', title: 'FAULTS', value: ({faults}) => faults, align: 'right', weight: 2},
  {key: 'denials', title: 'DENIALS', value: ({denials}) => denials, align: 'right', weight: 2},
]

export const scenariosView: View<SandboxScenariosResult, ListedScenario> = {
  rows: ({scenarios}) => scenarios,
  columns: () => COLUMNS,
}
