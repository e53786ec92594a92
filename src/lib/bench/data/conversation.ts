/** One turn of a conversation as it is sent. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** What is asked, and what is taken for the answer when the next turn is asked. */
export interface Exchange {
  readonly ask: string
  readonly answer: string
  /** Tokens, as far as the data says; 0: unknown. */
  readonly wantedIn: number
  readonly wantedOut: number
}

/** Prompts that belong together: one exchange, or several that build on one another. */
export interface Conversation {
  /** Before the first exchange: a system prompt, history. */
  readonly before: readonly Turn[]
  readonly exchanges: readonly Exchange[]
}

/** One request of a prompt book, before it is worded for a target. */
export interface PlainPrompt {
  readonly turns: readonly Turn[]
  /** The turn that begins with the nonce; undefined: none does. What comes before it is meant to be cached. */
  readonly nonceTurn: number | undefined
  readonly wantedIn: number
  readonly wantedOut: number
}
