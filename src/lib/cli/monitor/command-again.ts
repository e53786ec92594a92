import type {Settings} from '../../config/settings.js'
import {shellWord} from '../../core/shell-word.js'

/** A command that asks what the board asks: of the same sandbox where it has one of its own. */
export function commandAgain(words: string, {profile, sandbox}: Pick<Settings, 'profile' | 'sandbox'>): string {
  const who = profile === undefined ? '' : ` --profile ${shellWord(profile)}`
  return `bedrockctl ${words}${who}${sandbox === undefined ? '' : ` --sandbox=${shellWord(sandbox)}`}`
}
