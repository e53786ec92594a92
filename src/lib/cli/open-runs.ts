import type {RunStore} from '../bench/runs/run-store.js'

/** Opens the runs that are kept on this machine. */
export async function openRuns(): Promise<{readonly store: RunStore; readonly folder: string}> {
  const [{createRunStore}, {stateFolder}, {join}] = await Promise.all([
    import('../bench/runs/folder-store.js'),
    import('../config/state-folder.js'),
    import('node:path'),
  ])
  const state = stateFolder(process.env, process.platform)
  return {store: createRunStore(state), folder: join(state, 'bench')}
}
