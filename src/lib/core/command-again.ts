import {shellWord} from './shell-word.js'

/** Who was asked; what is not said of it is as the environment says. */
export interface Asked {
  readonly profile?: string | null | undefined
  /** Scenario of the embedded sandbox, where that was asked. */
  readonly sandbox?: string | null | undefined
  readonly endpointUrl?: string | null | undefined
}

/** A command of ours, to be pasted, that asks the same account or sandbox. */
export function commandAgain(words: string, {endpointUrl, profile, sandbox}: Asked): string {
  return [
    `bedrockctl ${words}`,
    ...(profile ? [`--profile ${shellWord(profile)}`] : []),
    ...(endpointUrl ? [`--endpoint-url ${shellWord(endpointUrl)}`] : []),
    ...(sandbox ? [`--sandbox=${shellWord(sandbox)}`] : []),
  ].join(' ')
}
