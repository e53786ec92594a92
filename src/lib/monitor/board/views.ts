import type {BoardView} from './view.js'

/** The views in the order of their number keys and of the help. */
export const BOARD_VIEWS: readonly BoardView[] = []
