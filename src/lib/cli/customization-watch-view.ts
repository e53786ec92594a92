import type {JobLook} from '../customizations/watch/watch-job.js'
import type {Sighting} from '../jobs/wait/wait-for-end.js'
import {openWatchView, type WatchFrame, type WatchView} from './watch-view.js'

/** How a customization job is shown while it is watched. */
export function openCustomizationView(frame: WatchFrame): Promise<WatchView<JobLook>> {
  const {terminal} = frame
  return openWatchView(frame, {
    screen: async () => {
      const [{showJobScreen}, {watchFrame}] = await Promise.all([
        import('../monitor/tui/show-job.js'),
        import('../customizations/watch/watch-frame-words.js'),
      ])
      return {
        show: showJobScreen,
        frameOf: (sighting: Sighting<JobLook>, simulated: boolean) => watchFrame(sighting, simulated, terminal),
      }
    },
    lines: async () => {
      const [{changeJson, changeLine}, {watchChanges}] = await Promise.all([
        import('../customizations/watch/render-watch.js'),
        import('../customizations/watch/watch-changes.js'),
      ])
      return {
        changes: watchChanges,
        line: (change, at) => changeLine(change, at, terminal),
        json: changeJson,
      }
    },
  })
}
