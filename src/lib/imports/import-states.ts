/** Whether an import goes on no more; a state of a newer service is taken for one that does. */
export function isOver(state: string): boolean {
  return state === 'Completed' || state === 'Failed' || state === 'Deleted'
}
