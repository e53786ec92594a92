import type {GroupState} from '../batch/group/group-state.js'
import type {BatchJobSource} from '../batch/ports.js'
import type {Settings} from '../config/settings.js'
import {BedrockctlError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** What commands that look after batch jobs work with. */
export interface BatchDoor {
  readonly source: BatchJobSource
  /** Where the folders of groups are. */
  readonly stateFolder: string
  /** Regions to look in: those of --region, else the configured one. */
  readonly regions: readonly string[]
  /** A group of this machine as its plans and journal tell; undefined when there is none of that name. */
  readState(name: string): Promise<GroupState | undefined>
  /** All groups of this machine; `warn` is told of those that cannot be read. */
  groups(warn: (text: string) => void): Promise<readonly GroupState[]>
}

/** Opens the jobs of the account and the groups of this machine. */
export async function openBatch(settings: Settings, connection: Connection): Promise<BatchDoor> {
  const session = onlineSession(connection, 'Batch jobs')
  const [{stateFolder}, {listGroups, readGroup}, {foldJournal}, {selectRegions}, source] = await Promise.all([
    import('../config/state-folder.js'),
    import('../batch/group/group-store.js'),
    import('../batch/group/group-state.js'),
    import('../routing/select-regions.js'),
    session.batchJobs(),
  ])
  const folder = stateFolder(process.env, process.platform)
  const readState = async (name: string) => {
    const group = await readGroup(folder, name)
    return group && foldJournal(group.plans, group.events)
  }
  const asked = {asked: settings.regions, configured: connection.configuredRegion, otherwise: 'configured'} as const
  return {
    source,
    stateFolder: folder,
    regions: selectRegions(asked, connection.catalog),
    readState,
    groups: async (warn) => {
      const states: GroupState[] = []
      for (const name of await listGroups(folder)) {
        try {
          const state = await readState(name)
          if (state) states.push(state)
        } catch (error) {
          if (!(error instanceof BedrockctlError)) throw error
          warn(`left out  ${[`${name}:`, error.message, error.hint].filter(Boolean).join(' ')}`)
        }
      }
      return states
    },
  }
}
