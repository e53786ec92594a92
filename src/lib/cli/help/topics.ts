/** A topic of the command line and what it is about, as in `models: what can be called, where, until when`. */
export interface HelpTopic {
  readonly name: string
  readonly summary: string
}

/** The topics (and commands without one) by the question they answer, in the order of the root help. */
export const QUESTIONS: readonly {readonly question: string; readonly topics: readonly HelpTopic[]}[] = [
  {
    question: 'Which model, from where, by which route?',
    topics: [
      {name: 'models', summary: 'what can be called, where, by which id, until when'},
      {name: 'routes', summary: 'where a prompt may travel, and where it is logged'},
      {name: 'features', summary: 'which Bedrock features each Region has'},
    ],
  },
  {
    question: 'Is the path private, the permission least, the log kept?',
    topics: [
      {name: 'account', summary: 'what the account allows, as one document'},
      {name: 'audit', summary: 'findings about networks, identities, logs and data'},
      {name: 'readiness', summary: 'the one-page verdict'},
      {name: 'iam', summary: 'policies for the calls Bedrock really makes'},
      {name: 'policy', summary: 'which data may go to which model, kept in CI'},
    ],
  },
  {
    question: 'Can my own model and my bulk work go in?',
    topics: [
      {name: 'imports', summary: 'check and import custom models'},
      {name: 'customizations', summary: 'fine-tuning and distillation jobs'},
      {name: 'capacity', summary: 'provisioned throughput and deployments'},
      {name: 'batch', summary: 'check, plan, run and collect batch inference'},
    ],
  },
  {
    question: 'What does it cost, how fast and how good is it?',
    topics: [
      {name: 'cost', summary: 'prices, estimates, break-even and actual spend'},
      {name: 'usage', summary: 'invocation logs'},
      {name: 'bench', summary: 'latency and throughput, Bedrock beside local GPUs'},
      {name: 'guardrails', summary: 'list and test guardrails'},
      {name: 'evaluations', summary: 'evaluation jobs'},
    ],
  },
  {
    question: 'What is happening, and what does this tool know?',
    topics: [
      {name: 'monitor', summary: 'quotas, jobs and spend, live'},
      {name: 'doctor', summary: 'credentials, Region, endpoints, clock, permissions'},
      {name: 'catalog', summary: 'the bundled facts, their age and their refresh'},
      {name: 'sandbox', summary: 'an embedded, simulated AWS'},
      {name: 'completion', summary: 'completion for bash, zsh and fish'},
    ],
  },
]

/** What the topic is about; `undefined` for one that the root help does not know. */
export function topicSummary(name: string): string | undefined {
  return QUESTIONS.flatMap(({topics}) => topics).find((topic) => topic.name === name)?.summary
}
