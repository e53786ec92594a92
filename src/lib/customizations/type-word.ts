const TYPES: Readonly<Record<string, string>> = {
  FINE_TUNING: 'fine-tuning',
  CONTINUED_PRE_TRAINING: 'continued pre-training',
  DISTILLATION: 'distillation',
  REINFORCEMENT_FINE_TUNING: 'reinforcement fine-tuning',
  IMPORTED: 'import',
}

/** `fine-tuning`; a type of a newer service as it is. */
export function typeWord(type: string | null): string {
  return type === null ? '?' : (TYPES[type] ?? type)
}
