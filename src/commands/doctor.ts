import {BaseCommand} from '../lib/cli/base-command.js'
import type {Connection} from '../lib/cli/connect.js'
import type {Settings} from '../lib/config/settings.js'
import {BedrockctlError, EXIT} from '../lib/core/errors.js'
import type {DoctorResult} from '../lib/doctor/doctor.schema.js'
import type {Patient} from '../lib/doctor/examine.js'
import type {CommandNeeds} from '../lib/doctor/permission-report.js'

export default class Doctor extends BaseCommand {
  static override summary = 'check what stands between this machine and Bedrock, and what each command would miss'
  static override description =
    'Looks at Node, catalog, credentials, Region, endpoints, clock and retries, then tries each read permission that some command needs with one cheap call; actions that would change something are never tried. With --offline only this machine is checked. Exit 0 when nothing failed, 4 when the credentials failed, 3 when another check failed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region eu-central-1 --profile work',
    '<%= config.bin %> <%= command.id %> --offline',
  ]
  static override permissions = ['sts:GetCallerIdentity', 'account:ListRegions', 'ec2:DescribeRegions']
  static override seeAlso = ['models access', 'catalog show', 'sandbox start']

  async run(): Promise<DoctorResult> {
    const {settings} = await this.open(Doctor)
    const [{examine, credentialsFailed}, {doctorView}] = await Promise.all([
      import('../lib/doctor/examine.js'),
      import('../lib/doctor/render-doctor.js'),
    ])
    const connection = await this.connect(settings)
    const input = {
      local: {
        node: process.versions.node,
        version: this.config.version,
        catalogCompiledOn: connection.catalog.compiledOn,
        env: process.env,
        endpointUrl: settings.endpointUrl,
        sandboxed: settings.sandbox !== undefined,
      },
      ...(await this.#regions(settings, connection)),
      commands: this.#needs(),
      now: new Date(),
    }
    const result = await examine(input, connection.catalog, await toPatient(connection), this.signal)
    await this.print(result, doctorView)
    if (credentialsFailed(result)) process.exitCode = EXIT.access
    return result
  }

  async #regions(settings: Settings, connection: Connection) {
    const [{selectRegions}, {regionOrigin}] = await Promise.all([
      import('../lib/routing/select-regions.js'),
      import('../lib/doctor/region-origin.js'),
    ])
    const sandboxed = settings.sandbox !== undefined
    const origin = regionOrigin(settings.regions, {sandboxed, profile: settings.profile, env: process.env})
    try {
      const choice = {
        asked: settings.regions,
        configured: connection.configuredRegion,
        otherwise: 'configured',
      } as const
      const names = selectRegions(choice, connection.catalog)
      return {regions: names.map((name) => ({name, origin})), regionProblem: undefined}
    } catch (error) {
      if (error instanceof BedrockctlError && error.code === 'REGION_MISSING')
        return {regions: [], regionProblem: error}
      throw error
    }
  }

  #needs(): readonly CommandNeeds[] {
    return this.config.commands.map((command) => ({
      command: command.id.replaceAll(':', ' '),
      permissions: (command['permissions'] as readonly string[] | undefined) ?? [],
    }))
  }
}

async function toPatient({session, simulated}: Connection): Promise<Patient | undefined> {
  if (session === undefined) return undefined
  const [doctor, identity, regionOptIns] = await Promise.all([
    session.doctor(),
    session.identity(),
    session.regionOptIns(),
  ])
  return {doctor, identity, regionOptIns, simulated, requests: () => session.calls.total}
}
