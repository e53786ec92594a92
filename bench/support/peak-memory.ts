/** For `--import`: a process that writes its status to the file named by PEAK_FILE when it ends. */
// Peak of this address space alone; getrusage would also count the parent it was forked from.
export const WRITE_PEAK = `data:text/javascript,${encodeURIComponent(
  `import {readFileSync, writeFileSync} from 'node:fs'
   process.on('exit', () => writeFileSync(process.env.PEAK_FILE, readFileSync('/proc/self/status', 'utf8')))`,
)}`

/** The highest resident size that a status tells. */
export function peakMib(status: string): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
