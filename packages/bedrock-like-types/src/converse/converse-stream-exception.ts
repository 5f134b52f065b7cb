/**
 * Names under which Bedrock reports a failure inside a stream.
 *
 * @public
 */
export type ConverseStreamException =
  | 'internalServerException'
  | 'modelStreamErrorException'
  | 'validationException'
  | 'throttlingException'
  | 'serviceUnavailableException'
