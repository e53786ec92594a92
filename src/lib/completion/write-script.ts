import {bashScript} from './bash-script.js'
import type {CompletionResult, Shell} from './completion.schema.js'
import {type CompletionFacts, describeCompletion} from './completion-spec.js'
import {fishScript} from './fish-script.js'
import {zshScript} from './zsh-script.js'

/** The completion script of a shell, with the commands and ids known now written into it. */
export function writeScript(shell: Shell, facts: CompletionFacts): CompletionResult {
  const spec = describeCompletion(facts)
  const script = {bash: bashScript, zsh: zshScript, fish: fishScript}[shell](spec)
  return {schemaVersion: 1, simulated: false, unread: [], shell, script}
}

/** How a shell comes to load its script for good. */
export function installHint(shell: Shell, bin: string): string {
  switch (shell) {
    case 'bash':
      return `Load it in every shell: echo 'source <(${bin} completion bash)' >> ~/.bashrc`
    case 'zsh':
      return `Load it in every shell, after compinit: echo 'source <(${bin} completion zsh)' >> ~/.zshrc`
    case 'fish':
      return `Load it in every shell: ${bin} completion fish > ~/.config/fish/completions/${bin}.fish`
  }
}
