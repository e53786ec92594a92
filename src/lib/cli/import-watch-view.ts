import type {ImportLook} from '../imports/watch/watch-import.js'
import {openWatchView, type WatchFrame, type WatchView} from './watch-view.js'

/** How an import is shown while it is watched. */
export function openImportView(frame: WatchFrame): Promise<WatchView<ImportLook>> {
  const {terminal} = frame
  return openWatchView(frame, {
    screen: async () => {
      const [{showJobScreen}, {watchFrame}] = await Promise.all([
        import('../monitor/tui/show-job.js'),
        import('../imports/watch/watch-words.js'),
      ])
      return {show: showJobScreen, frameOf: watchFrame}
    },
    lines: async () => {
      const [{changeJson, changeLine}, {watchChanges}] = await Promise.all([
        import('../imports/watch/render-watch.js'),
        import('../imports/watch/watch-changes.js'),
      ])
      return {
        changes: watchChanges,
        line: (change, at) => changeLine(change, at, terminal),
        json: changeJson,
      }
    },
  })
}
