import type {Flavour} from './options.js'

const TEXTS: Readonly<Record<Flavour, string>> = {
  vllm: `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="truth"} 3.0
# TYPE vllm:num_requests_waiting gauge
vllm:num_requests_waiting{engine="0",model_name="truth"} 2.0
# TYPE vllm:kv_cache_usage_perc gauge
vllm:kv_cache_usage_perc{engine="0",model_name="truth"} 0.25
# TYPE vllm:prefix_cache_queries_total counter
vllm:prefix_cache_queries_total{engine="0",model_name="truth"} 400.0
# TYPE vllm:prefix_cache_hits_total counter
vllm:prefix_cache_hits_total{engine="0",model_name="truth"} 100.0
# TYPE vllm:num_preemptions_total counter
vllm:num_preemptions_total{engine="0",model_name="truth"} 1.0
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{engine="0",model_name="truth"} 1200.0
# TYPE vllm:generation_tokens_total counter
vllm:generation_tokens_total{engine="0",model_name="truth"} 3400.0
`,
  sglang: `# TYPE sglang:num_running_reqs gauge
sglang:num_running_reqs{model_name="truth",tp_rank="0",priority=""} 3.0
sglang:num_running_reqs{model_name="truth",tp_rank="1",priority=""} 3.0
# TYPE sglang:num_queue_reqs gauge
sglang:num_queue_reqs{model_name="truth",tp_rank="0",priority=""} 2.0
# TYPE sglang:token_usage gauge
sglang:token_usage{model_name="truth",tp_rank="0",priority=""} 0.25
# TYPE sglang:cache_hit_rate gauge
sglang:cache_hit_rate{model_name="truth",tp_rank="0"} 0.2
# TYPE sglang:prompt_tokens_total counter
sglang:prompt_tokens_total{model_name="truth"} 1200.0
# TYPE sglang:generation_tokens_total counter
sglang:generation_tokens_total{model_name="truth"} 3400.0
`,
  tgi: `# TYPE tgi_batch_current_size gauge
tgi_batch_current_size 3
# TYPE tgi_queue_size gauge
tgi_queue_size 2
# TYPE tgi_request_generated_tokens histogram
tgi_request_generated_tokens_bucket{le="+Inf"} 100
tgi_request_generated_tokens_sum 3400
tgi_request_generated_tokens_count 100
`,
  'llama.cpp': `# HELP llamacpp:requests_processing Number of requests processing.
# TYPE llamacpp:requests_processing gauge
llamacpp:requests_processing 3
# TYPE llamacpp:requests_deferred gauge
llamacpp:requests_deferred 2
# TYPE llamacpp:prompt_tokens_total counter
llamacpp:prompt_tokens_total 1200
# TYPE llamacpp:tokens_predicted_total counter
llamacpp:tokens_predicted_total 3400
`,
  transformers: '',
  ollama: '',
}

/** A scrape of that server's `/metrics`, always the same: 3 running, 2 waiting; empty: it has none. */
export function metricsText(flavour: Flavour): string {
  return TEXTS[flavour]
}
