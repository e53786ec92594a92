import type {Watched} from '../batch/watch/watch-batch.js'
import {openWatchView, type WatchFrame, type WatchView} from './watch-view.js'

/** How the jobs of a group are shown while they are watched. */
export function openBatchView(frame: WatchFrame): Promise<WatchView<Watched>> {
  const {terminal} = frame
  return openWatchView(frame, {
    screen: async () => {
      const [{showBatchScreen}, {watchFrame}] = await Promise.all([
        import('../monitor/tui/show-batch.js'),
        import('../batch/watch/watch-frame-words.js'),
      ])
      return {
        show: showBatchScreen,
        frameOf: ({seen}: {readonly seen: Watched}, simulated: boolean) => watchFrame(seen, simulated, terminal),
      }
    },
    lines: async () => {
      const [{changeJson, changeLine}, {watchChanges}] = await Promise.all([
        import('../batch/watch/render-watch.js'),
        import('../batch/watch/watch-changes.js'),
      ])
      return {
        changes: watchChanges,
        line: (change, at) => changeLine(change, at, terminal),
        json: changeJson,
      }
    },
  })
}
