/** What the live view shows and which keys it has; no line wider than 76 columns. */
export const BENCH_HELP: readonly string[] = [
  'q, Ctrl-C   stop sending, wait for the answers in flight, keep the result',
  '            as partial; once more: give up what is in flight',
  'Ctrl-Z      stop the whole process: what is in flight then is no measurement',
  'Ctrl-L      draw anew          ?, h   this help',
  '',
  'REQ/S, TOK/S   answers and output tokens a second, of the last 10 s',
  'FLIGHT         requests that wait for their answer or read it',
  'TTFT           ms from send to the first token of the last 10 s: the middle',
  '               of the medians and the highest p99 of each fifth of a second',
  'TPOT           ms a token after the first, likewise',
  'client         how late the latest request of the last 10 s was sent',
  '',
  'One cell runs at a time; targets take turns. These numbers are for watching:',
  'those of the result are exact and leave the warm-up out.',
]
