import type {Column, View} from '../output/view.js'
import type {SandboxEnvironmentResult} from './sandbox-environment.schema.js'

export type Shell = 'bash' | 'fish' | 'powershell'

interface Variable {
  readonly name: string
  readonly value: string | null
}

const COLUMNS: readonly Column<Variable>[] = [
  {key: 'name', title: 'VARIABLE', value: ({name}) => name, weight: 0},
  {key: 'value', title: 'VALUE', value: ({value}) => value, text: ({value}) => value ?? '(unset)', weight: 0},
]

/** For people and shells: lines to evaluate. For everything else: one variable a row. */
export const environmentView = (shell: Shell): View<SandboxEnvironmentResult, Variable> => ({
  rows: ({environment, unset}) => [
    ...Object.entries(environment).map(([name, value]) => ({name, value})),
    ...unset.map((name) => ({name, value: null})),
  ],
  columns: () => COLUMNS,
  text: (result) => renderExports(result, shell),
  labelsItself: true,
})

// The label is a comment, so that the lines stay evaluable.
function renderExports({url, environment, unset}: SandboxEnvironmentResult, shell: Shell): string {
  const {set, remove} = SYNTAX[shell]
  return [
    `# simulated: AWS clients of this shell talk to the sandbox at ${url}`,
    ...unset.map(remove),
    ...Object.entries(environment).map(([name, value]) => set(name, value)),
  ].join('\n')
}

interface Syntax {
  set(name: string, value: string): string
  remove(name: string): string
}

const SYNTAX: Readonly<Record<Shell, Syntax>> = {
  bash: {
    set: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
    remove: (name) => `unset ${name}`,
  },
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replaceAll(/[\\']/g, '\\$&')}';`,
    remove: (name) => `set -e ${name};`,
  },
  powershell: {
    set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
    remove: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  },
}
