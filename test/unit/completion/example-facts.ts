import type {CompletionFacts} from '../../../src/lib/completion/completion-spec.js'

const REGION = {type: 'option', description: "the caller's Region: one `name`", multiple: true} as const

/** A small command line with every kind of word that completion knows. */
export const FACTS: CompletionFacts = {
  bin: 'bedrockctl',
  commands: [
    {
      id: 'models:list',
      summary: 'list models',
      args: {},
      flags: {
        region: REGION,
        mode: {type: 'option', options: ['geo', 'global'], description: 'route: geo or global'},
        output: {type: 'option', char: 'o', options: ['json', 'csv'], description: 'format'},
        streaming: {type: 'boolean', allowNo: true, description: 'models that stream'},
        sandbox: {type: 'option', helpValue: '[=scenario]', description: 'simulate'},
        secret: {type: 'boolean', hidden: true},
      },
    },
    {
      id: 'models:show',
      summary: 'show one model',
      args: {model: {name: 'model'}},
      flags: {region: REGION},
    },
    {id: 'models:access', summary: 'access of models', args: {}, flags: {}},
    {id: 'models:access:request', summary: "accept a model's offer", args: {model: {name: 'model'}}, flags: {}},
    {id: 'completion', summary: 'print a script', args: {shell: {name: 'shell', options: ['bash', 'zsh']}}, flags: {}},
    {id: 'inner', summary: 'not shown', hidden: true, args: {}, flags: {}},
  ],
  topicSummary: (topic) => (topic === 'models' ? 'what can be called' : undefined),
  regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  models: ['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0', 'eu.amazon.nova-lite-v1:0', "bad'; rm -rf /"],
}
