// What surrounds the text, near what Claude's own counts show: a greeting of one word is 8 tokens, and tools bring a
// system prompt of some 340. https://docs.claude.com/en/docs/build-with-claude/token-counting

export const REQUEST_TOKENS = 4
export const MESSAGE_TOKENS = 3
export const TOOLS_TOKENS = 340
/** An image of the size that is not scaled down. */
export const IMAGE_TOKENS = 1600
/** Bytes of a document that make a token. */
export const DOCUMENT_BYTES = 6
