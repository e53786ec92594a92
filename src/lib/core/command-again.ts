import {shellWord} from './shell-word.js'

/** Who was asked; what is not said of it is as the environment says. */
export interface Asked {
  readonly profile?: string | null | undefined
  /** Scenario of the embedded sandbox, where that was asked. */
  readonly sandbox?: string | null | undefined
}

/** A command of ours, to be pasted, that asks the same account or sandbox. */
export function commandAgain(words: string, {profile, sandbox}: Asked): string {
  const who = profile ? ` --profile ${shellWord(profile)}` : ''
  return `bedrockctl ${words}${who}${sandbox ? ` --sandbox=${shellWord(sandbox)}` : ''}`
}
