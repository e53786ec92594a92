import type {Shell} from './render-environment.js'

export interface EnvironmentCommandOptions {
  readonly shell: Shell
  readonly region: string | undefined
  readonly bearer: boolean
}

/** The line that points another shell at a running sandbox, in the words of that shell. */
export function environmentCommand(url: string, {shell, region, bearer}: EnvironmentCommandOptions): string {
  const words = [
    `bedrockctl sandbox env --url ${url}`,
    ...(region === undefined ? [] : [`--region ${region}`]),
    ...(bearer ? ['--bearer'] : []),
    ...(shell === 'bash' ? [] : [`--shell ${shell}`]),
  ].join(' ')
  switch (shell) {
    case 'bash':
      return `eval "$(${words})"`
    case 'fish':
      return `${words} | source`
    case 'powershell':
      return `${words} | Out-String | Invoke-Expression`
  }
}
