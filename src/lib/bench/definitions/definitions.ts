import type {Definition} from './definitions.schema.js'

/** What every number of a bench means: printed by `bench metrics` and in every report, from here. */
export const DEFINITIONS: readonly Definition[] = [
  {
    metric: 'times',
    unit: 'ms',
    title: 'The clock',
    text: 'Monotonic. A request has: due (when it was to be sent), sent (its bytes were handed to a connection that was already open), headers, first token, first visible token, each token event, last token, end. All events of one read of a socket share one reading of the clock.',
  },
  {
    metric: 'token-event',
    unit: 'events',
    title: 'Token event',
    text: 'A piece of an answer with text, reasoning or arguments of a tool in it. Pieces that hold only a role, an empty string, a ping, usage or the reason of the end do not count: none of them is a first token.',
  },
  {
    metric: 'lag',
    unit: 'ms',
    title: 'Schedule lag',
    text: 'sent − due: how late this client was. Kept for every request; it says whether to believe the rest.',
  },
  {
    metric: 'ttft',
    unit: 'ms',
    title: 'TTFT, time to first token',
    text: 'First token of any kind − sent. Where requests come at times of their own (--rate, --ramp, --replay) the headline is first token − due, so that waiting in the client is not left out (coordinated omission); the time from sending stands beside it. With a fixed number of users there is only the time from sending.',
  },
  {
    metric: 'ttfv',
    unit: 'ms',
    title: 'TTFV, time to first visible token',
    text: 'First token that a user sees − sent: what a model thinks before it answers is in it.',
  },
  {
    metric: 'e2e',
    unit: 'ms',
    title: 'E2E, whole answer',
    text: 'Last token − sent (or − due, as TTFT). How long the server then takes to close the stream is kept apart.',
  },
  {
    metric: 'tpot',
    unit: 'ms per token',
    title: 'TPOT, time per output token',
    text: '(Last token − first token) ÷ (n − 1) of each request, where n is the count of the server, reasoning included; without such a count token events are counted, and the run says of how many answers. Answers of one token have none. Tokens/s a user is 1 ÷ TPOT.',
  },
  {
    metric: 'icl',
    unit: 'ms',
    title: 'ICL, inter-chunk latency',
    text: 'Gap between two token events of a request, of all requests together. A server may put several tokens into an event, and Bedrock does: ICL is not the time between tokens, and is never called so. Its percentiles are from buckets 0.07 % wide; count, mean, least and largest are exact.',
  },
  {
    metric: 'coalesced',
    unit: 'share',
    title: 'Events that shared a read',
    text: 'Token events that came in the same read as an earlier one of their request, of all token events. High while the client has time to spare: something on the way collects events. High while the client is busy: it could not keep up.',
  },
  {
    metric: 'window',
    unit: 'ms',
    title: 'Warm-up and steady window',
    text: 'The steady window lasts from the last send of the warm-up to the last send that was due. Requests of the warm-up are sent, stored and in no number but "whole run". Throughput is of the steady window; where less than half of the requests ended in it, of the whole cell, and the run says so.',
  },
  {
    metric: 'throughput',
    unit: '1/s',
    title: 'Requests/s, tokens/s',
    text: 'Answers that ended in the steady window, and their tokens, a second. Tokens are those that the server bills.',
  },
  {
    metric: 'concurrency',
    unit: 'requests',
    title: 'In flight',
    text: 'Requests between sent and end: the mean over the steady window, and the most at any moment.',
  },
  {
    metric: 'goodput',
    unit: '1/s',
    title: 'Goodput, attainment',
    text: 'Goodput: requests that met all objectives (--slo), a second of the steady window; TTFT and E2E count as in their headline, from due where requests come at times of their own. Attainment: good ÷ (good + bad); failures and time-outs are bad, what was cancelled from here is neither. A request without what an objective is about (one token has no TPOT) meets it.',
  },
  {
    metric: 'errors',
    unit: 'requests',
    title: 'Failures',
    text: 'throttled, quota, model_not_ready, model_timeout, model_stream_error (in the middle of an answer), unavailable, validation, auth, connect, tls, reset_midstream, idle_timeout, ttft_timeout, parse_error, truncated. A failed request is in no latency. Nothing is sent again unless --retries says so, and then it is counted.',
  },
  {
    metric: 'percentiles',
    unit: '',
    title: 'Percentiles',
    text: 'From every request, with linear interpolation: for p and n values in order, place h = (n − 1)p. A p99 of fewer than 1,000 answers says of how many it is. Percentiles of repeats or shards are never averaged: samples are put together, or each is told.',
  },
  {
    metric: 'intervals',
    unit: '',
    title: '[95 % intervals]',
    text: 'Where the true value lies for 95 of 100 such runs: bootstrap of order statistics, widened for latencies that follow one another; where they follow closely (each like the one before by 0.9), 90 of 100. The gaps of ICL have none. An interval says what chance may do, not what another day or Region does.',
  },
  {
    metric: 'price',
    unit: 'USD',
    title: 'Price',
    text: 'Bedrock: input, output, cache reads and cache writes as billed, by the price list. A GPU of your own: its price an hour for the steady window. Per 1M output tokens, per 1M input and output tokens, blended (three of input to one of output), and per 1M output tokens of requests that met all objectives.',
  },
  {
    metric: 'cache',
    unit: 'tokens',
    title: 'Cached tokens',
    text: 'What the server says it read from its prompt cache. Not reported is not zero. Prompts differ in 16 characters from request to request unless --no-nonce, so that a cache answers only where one is asked for.',
  },
  {
    metric: 'gpu',
    unit: '',
    title: 'GPU lanes',
    text: 'utilisation is the share of time in which any kernel ran, not how much of the GPU was busy. Energy is power over the steady window; idle power is in it.',
  },
  {
    metric: 'self-check',
    unit: '',
    title: 'Self-check',
    text: 'The client judges itself: how late it sent, how busy its threads were, how late its event loop ran, how many events shared a read, whether it reached the rate that was due from it, or the concurrency asked for. Past a bound a level is client-bound: its numbers cannot be used, those of other levels can.',
  },
]
