/** Tensor types of the inputs that TensorRT-LLM's ensemble has; what is not listed is text. */
const datatypes: Readonly<Record<string, string>> = {
  max_tokens: 'INT32',
  temperature: 'FP32',
  top_p: 'FP32',
  top_k: 'INT32',
  random_seed: 'UINT64',
  stream: 'BOOL',
}

/** Inputs by name as KServe v2 tensors of one row each. Those that are `undefined` are left out. */
export function tritonTensors(inputs: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(inputs).flatMap(([name, value]) => {
    if (value === undefined) return []
    const data: readonly unknown[] = Array.isArray(value) ? value : [value]
    return [{ name, datatype: datatypes[name] ?? 'BYTES', shape: [1, data.length], data }]
  })
}
