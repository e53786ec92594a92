import type {BenchMetrics} from '../../lib/bench/definitions/definitions.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BenchMetricsCommand extends BaseCommand {
  static override summary = 'tell what every number of a bench means'
  static override description =
    'How each metric is measured and computed, where two tools that use the same word differ, and what makes a run unusable. The same text stands in every report.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --query "definitions[?metric==\'ttft\'].text | [0]"',
  ]
  static override seeAlso = ['bench run', 'bench report', 'bench compare']

  async run(): Promise<BenchMetrics> {
    await this.open(BenchMetricsCommand)
    const [{DEFINITIONS}, {definitionsView}] = await Promise.all([
      import('../../lib/bench/definitions/definitions.js'),
      import('../../lib/bench/definitions/render-definitions.js'),
    ])
    return this.print({schemaVersion: 1, simulated: false, unread: [], definitions: DEFINITIONS}, definitionsView)
  }
}
