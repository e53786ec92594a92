import {shellWord} from '../../core/shell-word.js'
import type {View} from '../../output/view.js'
import type {AwsBatchExport, KubernetesExport} from './bench-export.schema.js'

/** The manifest as kubectl takes it. */
export const kubernetesView: View<KubernetesExport> = {
  rows: ({manifest}) => [manifest],
  columns: () => [],
  async text({manifest, notes}) {
    const {manifestYaml} = await import('./manifest-yaml.js')
    return `${commented(notes)}${manifestYaml(manifest)}`
  },
}

/** Two commands that work as pasted. */
export const awsBatchView: View<AwsBatchExport> = {
  rows: ({job, jobDefinition}) => [jobDefinition, job],
  columns: () => [],
  text({job, jobDefinition, notes, region}) {
    const command = (verb: string, input: unknown) =>
      `aws batch ${verb} --region ${shellWord(region)} \\\n  --cli-input-json ${shellWord(JSON.stringify(input))}`
    return `${commented(notes)}${command('register-job-definition', jobDefinition)}\n${command('submit-job', job)}`
  },
}

function commented(notes: readonly string[]): string {
  return notes.map((note) => `# ${note.replaceAll(/\s+/g, ' ')}\n`).join('')
}
