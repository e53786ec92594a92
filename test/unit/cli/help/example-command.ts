import type {HelpCommand} from '../../../../src/lib/cli/help/help-command.js'

/** A command with every part that its help shows. */
export const COMMAND: HelpCommand = {
  id: 'models:show',
  summary: 'show one model',
  description: 'Accepts any id. Says where each fact comes from, and when it was true, in as many words as that takes.',
  examples: [
    '<%= config.bin %> <%= command.id %> amazon.nova-lite-v1:0 --region eu-central-1 --output json --query models',
  ],
  permissions: ['bedrock:ListFoundationModels'],
  seeAlso: ['models list', 'models resolve'],
  args: {model: {name: 'model', description: 'any id or ARN', required: true}},
  flags: {
    from: {name: 'from', type: 'option', description: 'source Region'},
    within: {name: 'within', type: 'option', description: 'time span', required: true},
    prefer: {name: 'prefer', type: 'option', options: ['geo', 'global'], description: 'order of routes'},
    hidden: {name: 'hidden', type: 'boolean', hidden: true, description: 'not for people'},
    output: {name: 'output', type: 'option', char: 'o', helpGroup: 'GLOBAL', options: ['json'], description: 'format'},
  },
}
