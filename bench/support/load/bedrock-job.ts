/** ConverseStream, each request signed. */
export const CONVERSE = {dialect: 'converse-stream', path: '/model/truth/converse-stream', signed: true} as const
