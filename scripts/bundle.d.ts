import type {BuildResult, Plugin} from 'esbuild'

/** Bundles the program into a folder as the build does; `exchanged` comes before the plugins of the build. */
export function bundleProgram(outdir: string, exchanged?: readonly Plugin[]): Promise<BuildResult>
