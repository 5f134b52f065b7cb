import type { ContentHandler } from '../contract/content-handler.ts'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'
import { plainTextAnswer, PlainTextReader } from '../formats/plain-text/plain-text-answer.ts'

const name = 'plainText'
const utf8 = new TextEncoder()

/** Options of {@link plainText}. */
export interface PlainTextOptions {
  /**
   * The handler that writes the request, such as `tgi()` for a container that takes TGI's requests and answers with text.
   * @defaultValue none: the request is the prompt as text
   */
  readonly request?: Pick<ContentHandler, 'request' | 'takes'> | undefined
  /**
   * Content type of a request that is text, such as `application/x-text` for JumpStart's scripts.
   * @defaultValue `'text/plain'`
   */
  readonly contentType?: string | undefined
}

/**
 * Containers that answer with text and not with JSON: scripts behind TorchServe or MMS, JumpStart's translation models, DJL Serving with
 * the output formatter `none`.
 *
 * Request: the prompt as text, without any parameter, or what another handler writes.
 * Answer: all of the body. No stop reason and no token counts. The prompt may come first, and is taken away if it does.
 * Stream: text, cut anywhere. It has no marker of its end, so a stream that is cut off at the end of a part looks complete.
 *
 * Source: pytorch/serve `docs/batch_inference_with_ts.md`, `examples/large_models` (`send_intermediate_predict_response`);
 * deepjavalibrary/djl-serving `lmi_input_output_schema.md`; aws/amazon-sagemaker-examples, JumpStart machine translation.
 */
export function plainText({ request: writer, contentType = 'text/plain' }: PlainTextOptions = {}): ContentHandler {
  return {
    name,
    takes: writer === undefined ? 'prompt' : writer.takes,
    request(call) {
      if (writer !== undefined) return writer.request(call)
      refuseAbilities(call, name)
      const { warnings } = renameParameters(call, name, {})
      return { body: utf8.encode(call.prompt), contentType, accept: 'text/plain', warnings }
    },
    isText: () => true,
    answer: plainTextAnswer,
    reader: (call) => new PlainTextReader(call),
  }
}
