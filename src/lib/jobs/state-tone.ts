const TONES: Readonly<Record<string, 'good' | 'bad' | 'warn'>> = {
  Completed: 'good',
  Failed: 'bad',
  Refused: 'bad',
  PartiallyCompleted: 'warn',
  Expired: 'warn',
  Stopping: 'warn',
  Stopped: 'warn',
  Withheld: 'warn',
  Deleted: 'warn',
  Deleting: 'warn',
}

/** What a state of a job, or of one of its phases, means; undefined for those that are neither good nor bad. */
export function toneOfState(state: string | null): 'good' | 'bad' | 'warn' | undefined {
  return TONES[state ?? '']
}
