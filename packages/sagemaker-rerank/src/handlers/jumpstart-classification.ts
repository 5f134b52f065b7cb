import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import { classificationHandler, refuseLabels } from './classification-format.ts'

const utf8 = new TextEncoder()

/**
 * Text classifiers of JumpStart (`huggingface-tc-*`, `tensorflow-tc-*`): one text as `application/x-text`, answered with
 * `{ probabilities, labels }`. `additionalParameters` have no place in the request and are refused.
 *
 * Source: the example notebooks of SageMaker JumpStart.
 *
 * @public
 */
export function jumpstartClassification(): ClassificationContentHandler {
  return classificationHandler({
    name: 'jumpstart',
    limits: { maxTexts: 1 },
    request: (call) => {
      refuseLabels(call, 'jumpstart')
      return {
        body: utf8.encode(call.texts[0]),
        contentType: 'application/x-text',
        accept: 'application/json;verbose',
        warnings:
          call.additionalParameters === undefined
            ? []
            : [{ option: 'additionalParameters', message: 'The request is plain text and has no parameters.' }],
      }
    },
  })
}
