import {shellWord} from '../../core/shell-word.js'
import type {View} from '../../output/view.js'
import type {AwsBatchExport, KubernetesExport} from './bench-export.schema.js'

/** The manifest as kubectl takes it; every text is quoted, so that none is read as a number, a date or a boolean. */
export const kubernetesView: View<KubernetesExport> = {
  rows: ({manifest}) => [manifest],
  columns: () => [],
  async text({manifest, notes}) {
    const {stringify} = await import('yaml')
    const yaml = stringify(manifest, {
      version: '1.1',
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      lineWidth: 0,
    })
    return `${commented(notes)}${yaml.trimEnd()}`
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
