// Where things are in the memory of the scanner.

/** 1 for what follows the backslash in an escape sequence of two characters. */
export const SHORT_ESCAPES_AT = 0x100
/** What a hexadecimal digit stands for; 255 for all other bytes. */
export const DIGITS_AT = 0x200
/** Hashes of the keys of an object, while they are held against each other. */
export const SEEN_AT = 0x400
export const MOST_SEEN = 64
/** Text, with a page after it that vectors may reach into. */
export const TEXT_AT = 0x1_0000
export const TEXT_BYTES = 0x4_0000
/** Nodes of a text as `JsonNodes` has them, and how many there may be. */
export const TABLE_AT = 0x6_0000
export const TABLE_NODES = 0x4000
/** A hash of each node that is a key. */
export const KEYS_AT = 0xa_0000
/** Places of line feeds: there may be nothing else in the text. */
export const FEEDS_AT = 0xb_0000
export const PAGES = 0x1b

/** Bytes of a node, and what is where in it. */
export const NODE = 16
export const HEAD = 0
export const START = 4
/** Of an open container: the address of the one that it is in. */
export const END = 8
export const MORE = 12
