import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {CustomizationsListResult} from '../../lib/customizations/list/customizations-list.schema.js'

export default class CustomizationsList extends BaseCommand {
  static override summary = 'list customization jobs and what each of them is at'
  static override description =
    'Jobs of the account in the Regions asked for, newest first. AT says which phase a job is in; one whose data is ready waits for training capacity, for hours at times, and nothing is wrong with it. No job can be deleted: names stay taken.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region all --state InProgress',
    '<%= config.bin %> <%= command.id %> --model nova --sort=-age',
  ]
  static override permissions = ['bedrock:ListModelCustomizationJobs']
  static override seeAlso = ['customizations show', 'customizations watch', 'capacity list']
  static override flags = {
    state: Flags.string({description: 'keep this state (InProgress, Completed, Failed, Stopped)'}),
    name: Flags.string({description: 'keep jobs with this in their name'}),
    model: Flags.string({description: 'keep base models with this in their id'}),
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<CustomizationsListResult> {
    const {flags, settings} = await this.open(CustomizationsList)
    const [{listJobs}, {customizationsListView, sortCustomizations}, {openCustomizations}] = await Promise.all([
      import('../../lib/customizations/list/list-jobs.js'),
      import('../../lib/customizations/list/render-list.js'),
      import('../../lib/cli/open-customizations.js'),
    ])
    const view = customizationsListView(flags.columns)
    const connection = await this.connect(settings)
    const {places, source} = await openCustomizations(undefined, settings, connection)
    const {model: baseModel, name: nameContains, state} = flags
    const filter = {regions: places.regions, state, nameContains, baseModel, nowMs: Date.now()}
    const listed = await listJobs(filter, source, this.signal)
    const result = {schemaVersion: 1, simulated: connection.simulated(), ...listed} as const
    return this.print(sortCustomizations(result, flags.sort), view)
  }
}
