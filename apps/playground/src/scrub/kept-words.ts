const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Names of members in the formats of containers. Any other name can come from a user, such as the argument of a tool. */
export const keptKeys: ReadonlySet<string> = words(`
  accept_eula arguments best_of_sequences body bos_token choices chunk code completion completion_tokens completions content
  created data delta details dimensions documents embedding embedding_types embeddings encoding_format end_of_text error error_code
  error_type event_type field finish_reason finishReason finishReasons frequency_penalty function function_call generated_text
  generated_texts generated_tokens generation generation_id generations grammar guided_json id index indices image images
  image_url input input_length input_text input_tokens input_type inputs inputText inputTextTokenCount is_finished json_object
  json_schema label labels last_token logprob logprobs max_length max_new_tokens max_tokens message messages meta metrics model
  modelIdentifier name new_token num_return_sequences numGenerationTokens numPromptTokens object output output_text output_tokens
  outputs outputText param parallel_tool_calls parameters predictions prefill presence_penalty prompt prompt_logprobs
  prompt_tokens prompt_tokens_details properties provider query rank_fields raw_scores reason reasoning reasoning_content refusal
  relevance_score repetition_penalty required response response_format response_type results return_documents
  return_full_text return_text role schema score scores seed sequence_tokens shape datatype special status status_code stop
  stop_reason stop_sequence stop_sequences stopReason stream stream_options include_usage strict system_fingerprint
  temperature text text_1 text_2 text_input text_inputs text_output texts tokens token token_classes tokens_details top_k top_n top_p
  total_tokens tool_call_id tool_calls tool_choice tools top_logprobs truncate truncated type typical_p url usage value values
  watermark
`)

/** Members whose value is a word of the format: kept, if it is one of `keptValues`. */
export const enumKeys: ReadonlySet<string> = words(`
  datatype embedding_types encoding_format error_type event_type finish_reason finishReason input_type object param reason
  response_type role stop_reason stopReason tool_choice type
`)

export const keptValues: ReadonlySet<string> = words(`
  abort assistant auto base64 binary chat.completion chat.completion.chunk classification clustering COMPLETE complete content_filter
  developer embedding embeddings_by_type embeddings_floats end_turn eos_token error ERROR FP16 FP32 BYTES INT64 float function
  function_call generation image image_url incomplete_generation int8 invalid_request_error json_object json_schema length list
  max_tokens MAX_TOKENS model none object overloaded query search_document search_query server_error stop stop_sequence STOP
  stream-end stream-start string system text text-generation text_completion tool tool_calls tool_use too_large ubinary
  uint8 user validation
`)

/** Words outside of strings that belong to JSON, to server-sent events or to HTML pages of proxies. */
export const keptBareWords: ReadonlySet<string> = words(`
  true false null NaN Infinity DONE DOCTYPE html head body title center h1 hr br p div
`)

export const eventFields: ReadonlySet<string> = words('data event id retry')

/** Members whose numbers stand for text. */
export const textNumberKeys: ReadonlySet<string> = words('id logprob prompt_token_ids token token_id token_ids tokens')

/** Markup that models write within their text and clients read. */
export const markup: RegExp =
  /<\/?(?:think|thinking|reasoning|tool_call|tool_response)>|<\|(?:im_start|im_end|eot_id|eom_id|endoftext|end_of_text|python_tag)\|>|\[TOOL_CALLS\]/g
